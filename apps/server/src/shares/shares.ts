import { EtalonError } from "@etalon/base";
import { confidentialityProfile } from "@etalon/dicom";
import { type Kysely, sql } from "kysely";
import { hashPassword } from "../accounts/password-hash.ts";
import { newSecret, secretHash } from "../accounts/secrets.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { makePseudonymKey } from "../exports/pseudonym-keys.ts";
import type { SharePlace } from "./share-place.ts";

/** What a share is made of. */
export interface NewShare {
  readonly studyInstanceUids: readonly string[];
  readonly expiresAt: Date;
  readonly password?: string | undefined;
  /** Options of PS3.15 annex E.3: the studies are given without identity. */
  readonly deidentify?: readonly string[] | undefined;
  readonly maxDownloads?: number | undefined;
  readonly note: string;
}

/** A share, as who made it and administrators see it. */
export interface Share {
  readonly id: number;
  readonly createdBy: string;
  readonly note: string;
  readonly hasPassword: boolean;
  /** Options of de-identification; null where studies are given as they are. */
  readonly options: readonly string[] | null;
  readonly maxDownloads: number | null;
  readonly downloads: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly studyInstanceUids: readonly string[];
}

const dayMs = 86_400_000;

/**
 * Shares studies that the scope sees with whoever holds the token, which is told here alone.
 *
 * @throws {EtalonError} `study-not-found`; `out-of-range` for an expiry in the past or too far; `unknown-name` for an option
 */
export async function createShare(
  { database, clock, mostDays }: SharePlace,
  scope: AccessScope,
  asked: NewShare,
): Promise<{ readonly share: Share; readonly token: string }> {
  const now = clock();
  const { expiresAt, password, deidentify, maxDownloads, note } = asked;
  if (expiresAt <= now || expiresAt.getTime() > now.getTime() + mostDays * dayMs) {
    const expected = `${now.toISOString()} … + ${mostDays} d`;
    throw new EtalonError("out-of-range", {
      field: "expiresAt",
      received: expiresAt.toISOString(),
      details: { expected },
    });
  }
  const options = deidentify === undefined ? null : [...confidentialityProfile("basic", deidentify).options];
  const studyIds = await visibleStudyIds(database, scope, asked.studyInstanceUids);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const token = newSecret();
  const id = await database.transaction().execute(async (transaction) => {
    const keyId = options === null ? null : await makePseudonymKey(transaction, now);
    const share = await transaction
      .insertInto("share")
      .values({
        site_id: scope.siteId,
        secret_sha256: secretHash(token),
        created_by: scope.actor,
        note,
        password_hash: passwordHash,
        options,
        key_id: keyId,
        max_downloads: maxDownloads ?? null,
        created_at: now,
        expires_at: expiresAt,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await transaction
      .insertInto("share_study")
      .values(studyIds.map((studyId) => ({ share_id: share.id, study_id: studyId })))
      .execute();
    return share.id;
  });
  const [share] = await listShares(database, { siteId: scope.siteId, id });
  if (share === undefined) throw new EtalonError("share-not-found", { field: "share" });
  return { share, token };
}

/** Row ids of studies, all of which the scope sees. @throws {EtalonError} `study-not-found` */
export async function visibleStudyIds(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  studyInstanceUids: readonly string[],
): Promise<readonly number[]> {
  const wanted = [...new Set(studyInstanceUids)];
  const rows = await database
    .selectFrom("study")
    .select(["id", "study_instance_uid"])
    .where(isVisible(scope))
    .where("study_instance_uid", "in", wanted)
    .execute();
  const absent = wanted.find((uid) => !rows.some((row) => row.study_instance_uid === uid));
  if (absent !== undefined) throw new EtalonError("study-not-found", { field: absent });
  return rows.map(({ id }) => id);
}

/** Shares of a site, the newest first: all, one, or those of one actor. */
export async function listShares(
  database: Kysely<ArchiveDatabase>,
  { siteId, createdBy, id }: { readonly siteId: number; readonly createdBy?: string; readonly id?: number },
): Promise<readonly Share[]> {
  const rows = await database
    .selectFrom("share")
    .selectAll()
    .select(
      sql<string[]>`array(SELECT study_instance_uid FROM study JOIN share_study ON share_study.study_id = study.id
        WHERE share_study.share_id = share.id ORDER BY study.study_date, study.id)`.as("uids"),
    )
    .where("site_id", "=", siteId)
    .$if(createdBy !== undefined, (query) => query.where("created_by", "=", createdBy ?? ""))
    .$if(id !== undefined, (query) => query.where("id", "=", id ?? 0))
    .orderBy("id", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdBy: row.created_by,
    note: row.note,
    hasPassword: row.password_hash !== null,
    options: row.options,
    maxDownloads: row.max_downloads,
    downloads: row.downloads,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    studyInstanceUids: row.uids,
  }));
}

/** Ends a share, its sessions and its downloads at once. @throws {EtalonError} `share-not-found` */
export async function revokeShare(
  { database, clock }: Pick<SharePlace, "database" | "clock">,
  { siteId, createdBy, id }: { readonly siteId: number; readonly createdBy?: string; readonly id: number },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable("share")
      .set({ revoked_at: sql<Date>`coalesce(revoked_at, ${clock()})` })
      .where("site_id", "=", siteId)
      .where("id", "=", id)
      .$if(createdBy !== undefined, (query) => query.where("created_by", "=", createdBy ?? ""))
      .returning("id")
      .executeTakeFirst();
    if (row === undefined) throw new EtalonError("share-not-found", { field: String(id) });
    await transaction.deleteFrom("share_secret").where("share_id", "=", id).execute();
  });
}
