import { EtalonError } from "@etalon/base";
import { sql } from "kysely";
import { visitorScope } from "../accounts/access-control.ts";
import { checkPassword } from "../accounts/password-hash.ts";
import { secretHash } from "../accounts/secrets.ts";
import { countAttempt } from "../accounts/sign-in-attempts.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import type { SharePlace } from "./share-place.ts";
import { grantVisit, holdsVisit } from "./visitors.ts";

/** A share that somebody outside opens. */
export interface OpenedShare {
  readonly id: number;
  readonly siteId: number;
  /** Who shared it, as people call them; absent where the server has no accounts. */
  readonly sharedBy: string | undefined;
  readonly note: string;
  readonly passwordHash: string | null;
  /** Options of de-identification; null where studies are given as they are. */
  readonly options: readonly string[] | null;
  readonly keyId: number | null;
  /** Downloads that are left; null for any number. */
  readonly downloadsLeft: number | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/**
 * The share of a link's token.
 *
 * @throws {EtalonError} `share-not-found`; `share-ended` where it expired or was revoked
 */
export async function openShare({ database, clock }: SharePlace, token: string): Promise<OpenedShare> {
  const row = await database
    .selectFrom("share")
    .leftJoin("account", (join) => join.on(sql<boolean>`'account:' || account.id = share.created_by`))
    .selectAll("share")
    .select("account.display_name")
    .where("secret_sha256", "=", secretHash(token))
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("share-not-found", { field: "share" });
  if (row.revoked_at !== null) throw new ShareEndedError(row, "revoked");
  if (row.expires_at <= clock()) throw new ShareEndedError(row, row.expires_at.toISOString());
  return {
    id: row.id,
    siteId: row.site_id,
    sharedBy: row.display_name ?? undefined,
    note: row.note,
    passwordHash: row.password_hash,
    options: row.options,
    keyId: row.key_id,
    downloadsLeft: row.max_downloads === null ? null : row.max_downloads - row.downloads,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

/** A share that has ended, for the log to name. */
export class ShareEndedError extends EtalonError {
  readonly shareId: number;
  readonly siteId: number;

  constructor(row: { readonly id: number; readonly site_id: number }, received: string) {
    super("share-ended", { field: "share", received });
    this.shareId = row.id;
    this.siteId = row.site_id;
  }
}

/** What the visitor of a share sees. */
export function scopeOfShare({ id, siteId }: OpenedShare, address: string): AccessScope {
  return visitorScope({ siteId, shareId: id }, { purpose: "share", address });
}

/** Whether a visitor who holds this secret, or none, need not be asked for a password. */
export async function isOpenTo(place: SharePlace, share: OpenedShare, secret: string | undefined): Promise<boolean> {
  if (share.passwordHash === null) return true;
  return secret !== undefined && holdsVisit(place, share.id, { purpose: "session", secret });
}

/**
 * A session of a visitor who says the password, where there is one. Tries are counted as those of a sign-in are.
 *
 * @throws {EtalonError} `sign-in-refused`, `too-many-attempts`
 */
export async function beginVisit(
  place: SharePlace,
  share: OpenedShare,
  { password, address }: { readonly password: string; readonly address: string },
): Promise<{ readonly secret: string; readonly expiresAt: Date }> {
  if (share.passwordHash !== null) {
    // No account has a colon in its name.
    const accounts = { database: place.database, clock: place.clock, siteId: share.siteId };
    const attempt = await countAttempt(accounts, { name: `share:${share.id}`, address });
    const { isRight } = await checkPassword(password, share.passwordHash);
    if (!isRight) throw new EtalonError("sign-in-refused", { field: "password" });
    await attempt.succeeded();
  }
  return grantVisit(place, share, "session");
}

/**
 * Counts a download, and gives what fetches it, as often as a connection breaks.
 *
 * @throws {EtalonError} `share-ended` where none is left
 */
export async function countDownload(place: SharePlace, share: OpenedShare): Promise<string> {
  const counted = await place.database
    .updateTable("share")
    .set({ downloads: sql<number>`downloads + 1` })
    .where("id", "=", share.id)
    .where((either) =>
      either.or([either("max_downloads", "is", null), either("downloads", "<", either.ref("max_downloads"))]),
    )
    .executeTakeFirst();
  if (counted.numUpdatedRows === 0n) {
    throw new EtalonError("share-ended", { field: "share", received: "downloads" });
  }
  return (await grantVisit(place, share, "download")).secret;
}
