import type { Visitor } from "../accounts/access-control.ts";
import type { AccountPlace } from "../accounts/account-place.ts";
import { newSecret, secretHash, visitorPrefix } from "../accounts/secrets.ts";

/** How long a visitor is not asked for the password again, and a counted download can be fetched again. */
const visitMs = { session: 12 * 60 * 60_000, download: 24 * 60 * 60_000 } as const;

/** What a visitor may hold. */
export type VisitPurpose = keyof typeof visitMs;

/** A secret for a visitor of a share, and until when it is good: never longer than the share. */
export async function grantVisit(
  { database, clock }: Pick<AccountPlace, "database" | "clock">,
  share: { readonly id: number; readonly expiresAt: Date },
  purpose: VisitPurpose,
): Promise<{ readonly secret: string; readonly expiresAt: Date }> {
  const secret = purpose === "session" ? `${visitorPrefix}${newSecret()}` : newSecret();
  const expiresAt = new Date(Math.min(share.expiresAt.getTime(), clock().getTime() + visitMs[purpose]));
  const row = { secret_sha256: secretHash(secret), share_id: share.id, purpose, expires_at: expiresAt };
  await database.insertInto("share_secret").values(row).execute();
  return { secret, expiresAt };
}

/** Whether a visitor's secret is good for a share. */
export async function holdsVisit(
  { database, clock }: Pick<AccountPlace, "database" | "clock">,
  shareId: number,
  held: { readonly purpose: VisitPurpose; readonly secret: string },
): Promise<boolean> {
  const row = await database
    .selectFrom("share_secret")
    .select("share_id")
    .where("secret_sha256", "=", secretHash(held.secret))
    .where("share_id", "=", shareId)
    .where("purpose", "=", held.purpose)
    .where("expires_at", ">", clock())
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Whose session a secret is, for DICOMweb; `undefined` where nobody's, any more. Studies that are shared without identity are
 * not read like this: their files know who it is.
 */
export async function findVisitor(
  { database, clock }: Pick<AccountPlace, "database" | "clock">,
  secret: string,
): Promise<Visitor | undefined> {
  const now = clock();
  const row = await database
    .selectFrom("share_secret")
    .innerJoin("share", "share.id", "share_secret.share_id")
    .select(["share.id", "share.site_id"])
    .where("share_secret.secret_sha256", "=", secretHash(secret))
    .where("purpose", "=", "session")
    .where("share_secret.expires_at", ">", now)
    .where("share.expires_at", ">", now)
    .where("revoked_at", "is", null)
    .where("options", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : { siteId: row.site_id, shareId: row.id };
}
