import { EtalonError } from "@etalon/base";
import type { AccountPlace } from "./account-place.ts";
import { foldAccountName } from "./accounts.ts";
import { hashPassword } from "./password-hash.ts";
import { newOneTimePassword, secretHash } from "./secrets.ts";

/**
 * Lets somebody in again who is locked out: gives the account a one-time password, ends its sessions and tokens, forgets the
 * attempts that closed its name, and enables it. For whoever has the server's own files.
 *
 * @returns the one-time password
 * @throws {EtalonError} `account-not-found`, also for an account that a provider of identities answers for
 */
export async function resetPassword({ database }: Pick<AccountPlace, "database">, name: string): Promise<string> {
  const password = newOneTimePassword();
  const hash = await hashPassword(password);
  const folded = foldAccountName(name);
  await database.transaction().execute(async (transaction) => {
    const account = await transaction
      .updateTable("account")
      .set({ password_hash: hash, must_change_password: true, is_disabled: false })
      .where("name", "=", folded)
      .where("oidc_issuer", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (account === undefined) throw new EtalonError("account-not-found", { field: name });
    await transaction.deleteFrom("session").where("account_id", "=", account.id).execute();
    await transaction.deleteFrom("sign_in_attempt").where("name_sha256", "=", secretHash(folded)).execute();
  });
  return password;
}
