import { EtalonError } from "@etalon/base";
import type { AccountPlace } from "./account-place.ts";
import { foldAccountName } from "./accounts.ts";
import { checkNothing, checkPassword, hashPassword } from "./password-hash.ts";
import { countAttempt } from "./sign-in-attempts.ts";

/** What somebody typed, and from where. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/** An account whose password was given. */
export interface SignedIn {
  readonly id: number;
  /** As it is kept now. */
  readonly passwordHash: string;
}

/**
 * The account of a name and a password. Takes the same time, and gives the same answer, whether the name, the password or
 * both are wrong, or the account is disabled or has no password. A hash of less cost than today's is renewed.
 *
 * @throws {EtalonError} `sign-in-refused`, `too-many-attempts`
 */
export async function signIn(place: AccountPlace, { name, password, address }: Credentials): Promise<SignedIn> {
  const attempt = await countAttempt(place, { name, address });
  const row = await place.database
    .selectFrom("account")
    .select(["id", "password_hash", "is_disabled"])
    .where("name", "=", foldAccountName(name))
    .executeTakeFirst();
  const kept = row?.password_hash ?? undefined;
  if (row === undefined || kept === undefined) {
    await checkNothing(password);
    throw refused();
  }
  const { isRight, needsRehash } = await checkPassword(password, kept);
  if (!isRight || row.is_disabled) throw refused();
  await attempt.succeeded();
  if (!needsRehash) return { id: row.id, passwordHash: kept };
  const passwordHash = await hashPassword(password);
  await place.database
    .updateTable("account")
    .set({ password_hash: passwordHash })
    .where("id", "=", row.id)
    .where("password_hash", "=", kept)
    .execute();
  return { id: row.id, passwordHash };
}

function refused(): EtalonError {
  return new EtalonError("sign-in-refused", { field: "password" });
}
