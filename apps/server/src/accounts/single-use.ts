import { EtalonError } from "@etalon/base";
import type { AccountPlace } from "./account-place.ts";
import { newSecret, secretHash } from "./secrets.ts";

/** How long a link that opens logged in waits for its click. */
const linkMs = 15 * 60_000;

/** What a secret is good for, once. */
export interface SingleUse {
  readonly purpose: "link" | "oidc";
  readonly accountId: number | null;
  /** JSON values. */
  readonly details: object;
  readonly expiresAt: Date;
}

/** Keeps what a secret is good for. */
export async function keepSingleUse(
  { database }: AccountPlace,
  secret: string,
  { purpose, accountId, details, expiresAt }: SingleUse,
): Promise<void> {
  await database
    .insertInto("single_use")
    .values({
      secret_sha256: secretHash(secret),
      purpose,
      account_id: accountId,
      details: JSON.stringify(details),
      expires_at: expiresAt,
    })
    .execute();
}

/** What a secret was good for: of two who show it at once, one is told; `undefined` for the other, and where it expired. */
export async function takeSingleUse(
  { database, clock }: AccountPlace,
  secret: string,
  purpose: SingleUse["purpose"],
): Promise<Pick<SingleUse, "accountId" | "details"> | undefined> {
  const row = await database
    .deleteFrom("single_use")
    .where("secret_sha256", "=", secretHash(secret))
    .where("purpose", "=", purpose)
    .where("expires_at", ">", clock())
    .returning(["account_id", "details"])
    .executeTakeFirst();
  return row === undefined ? undefined : { accountId: row.account_id, details: row.details };
}

/** Makes the secret of a link that opens logged in, once. */
export async function createLink(place: AccountPlace, accountId: number): Promise<string> {
  const secret = newSecret();
  const expiresAt = new Date(place.clock().getTime() + linkMs);
  await keepSingleUse(place, secret, { purpose: "link", accountId, details: {}, expiresAt });
  return secret;
}

/** The account that a link opens. @throws {EtalonError} `link-used` */
export async function takeLink(place: AccountPlace, secret: string): Promise<number> {
  const accountId = (await takeSingleUse(place, secret, "link"))?.accountId ?? undefined;
  if (accountId === undefined) throw new EtalonError("link-used", { field: "link" });
  return accountId;
}
