import { EtalonError } from "@etalon/base";
import type { AccountPlace } from "./account-place.ts";
import { newSecret, secretHash } from "./secrets.ts";

/** How long a link that opens logged in waits for its click. */
const linkMs = 15 * 60_000;

/** Makes the secret of a link that opens logged in, once. */
export async function createLink({ database, clock }: AccountPlace, accountId: number): Promise<string> {
  const secret = newSecret();
  await database
    .insertInto("single_use")
    .values({
      secret_sha256: secretHash(secret),
      purpose: "link",
      account_id: accountId,
      details: "{}",
      expires_at: new Date(clock().getTime() + linkMs),
    })
    .execute();
  return secret;
}

/** The account that a link opens; of two who click at once, one gets in. @throws {EtalonError} `link-used` */
export async function takeLink({ database, clock }: AccountPlace, secret: string): Promise<number> {
  const row = await database
    .deleteFrom("single_use")
    .where("secret_sha256", "=", secretHash(secret))
    .where("purpose", "=", "link")
    .where("expires_at", ">", clock())
    .returning("account_id")
    .executeTakeFirst();
  const account = row?.account_id ?? undefined;
  if (account === undefined) throw new EtalonError("link-used", { field: "link" });
  return account;
}
