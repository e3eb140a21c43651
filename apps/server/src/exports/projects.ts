import { EtalonError } from "@etalon/base";
import { confidentialityProfile } from "@etalon/dicom";
import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { forgetUnusedKeys, makePseudonymKey } from "./pseudonym-keys.ts";

/** What studies leave the archive for without identity. */
export interface Project {
  readonly id: number;
  readonly name: string;
  /** Options of PS3.15 annex E.3 beside the basic profile. */
  readonly options: readonly string[];
  readonly keyId: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Where projects are kept. */
export interface ProjectPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly clock: () => Date;
}

/** Makes a project with a key of its own. @throws {EtalonError} `name-taken`; `unknown-name`, `out-of-range` of its options */
export async function createProject(
  { database, clock }: ProjectPlace,
  { siteId, actor }: AccessScope,
  asked: { readonly name: string; readonly options: readonly string[] },
): Promise<Project> {
  const options = [...confidentialityProfile("basic", asked.options).options];
  const now = clock();
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .insertInto("project")
      .values({
        site_id: siteId,
        name: asked.name,
        options,
        key_id: await makePseudonymKey(transaction, now),
        created_by: actor,
        created_at: now,
      })
      .onConflict((conflict) => conflict.columns(["site_id", "name"]).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw new EtalonError("name-taken", { field: asked.name });
    return projectOf(row);
  });
}

/** Projects of a site, by name. */
export async function listProjects(database: Kysely<ArchiveDatabase>, siteId: number): Promise<readonly Project[]> {
  const rows = await database.selectFrom("project").selectAll().where("site_id", "=", siteId).orderBy("name").execute();
  return rows.map(projectOf);
}

/** @throws {EtalonError} `project-not-found` */
export async function readProject(
  database: Kysely<ArchiveDatabase>,
  { siteId, id }: { readonly siteId: number; readonly id: number },
): Promise<Project> {
  const row = await database
    .selectFrom("project")
    .selectAll()
    .where("site_id", "=", siteId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("project-not-found", { field: String(id) });
  return projectOf(row);
}

/**
 * Gives a project another key, and forgets the one before: what leaves from now on has other pseudonyms, and what left before
 * is matched with no original any more.
 *
 * @throws {EtalonError} `project-not-found`
 */
export async function renewProjectKey(
  { database, clock }: ProjectPlace,
  { siteId, id }: { readonly siteId: number; readonly id: number },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const keyId = await makePseudonymKey(transaction, clock());
    const { numUpdatedRows } = await transaction
      .updateTable("project")
      .set({ key_id: keyId })
      .where("site_id", "=", siteId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new EtalonError("project-not-found", { field: String(id) });
    await forgetUnusedKeys(transaction);
  });
}

/** Ends a project and forgets its key. @throws {EtalonError} `project-not-found` */
export async function removeProject(
  { database }: Pick<ProjectPlace, "database">,
  { siteId, id }: { readonly siteId: number; readonly id: number },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom("project")
      .where("site_id", "=", siteId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new EtalonError("project-not-found", { field: String(id) });
    await forgetUnusedKeys(transaction);
  });
}

function projectOf(row: {
  readonly id: number;
  readonly name: string;
  readonly options: readonly string[];
  readonly key_id: number;
  readonly created_by: string;
  readonly created_at: Date;
}): Project {
  const { id, name, options, key_id: keyId, created_by: createdBy, created_at: createdAt } = row;
  return { id, name, options, keyId, createdBy, createdAt };
}
