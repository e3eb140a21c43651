import { type Kysely, sql } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { itemOf, statusOf } from "./item-row.ts";
import type { WorklistItem, WorklistState } from "./worklist-item.ts";
import { worklistTags as tags } from "./worklist-tags.ts";

/** The item of an id; `undefined` where the site has none. */
export async function getItem(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  id: number,
): Promise<WorklistItem | undefined> {
  const row = await database
    .selectFrom("worklist_item")
    .selectAll()
    .where("site_id", "=", scope.siteId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? undefined : itemOf(row);
}

/** Puts items into a state. @returns those of the ids that the site has */
export async function setState(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  change: { readonly ids: readonly number[]; readonly state: WorklistState },
): Promise<readonly WorklistItem[]> {
  const path = [tags.steps, "Value", "0", tags.stepStatus];
  const rows = await database
    .updateTable("worklist_item")
    .set({
      state: change.state,
      attributes: sql<string>`jsonb_set(attributes, ${path}::text[], ${JSON.stringify(statusOf(change.state))}::jsonb)`,
      changed_at: sql<string>`clock_timestamp()`,
    })
    .where("site_id", "=", scope.siteId)
    .where("id", "in", [...change.ids])
    .returningAll()
    .execute();
  return rows.map(itemOf);
}

/** Removes an item. @returns whether there was one */
export async function removeItem(database: Kysely<ArchiveDatabase>, scope: AccessScope, id: number): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom("worklist_item")
    .where("site_id", "=", scope.siteId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
