import type { Kysely } from "kysely";
import { newKey } from "../accounts/secrets.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Makes a key of pseudonyms, in the transaction of what it is for; its id. The one place where they are made. */
export async function makePseudonymKey(database: Kysely<ArchiveDatabase>, now: Date): Promise<number> {
  const { id } = await database
    .insertInto("pseudonym_key")
    .values({ key: newKey(), created_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** A key, to compute with. */
export async function readPseudonymKey(database: Kysely<ArchiveDatabase>, id: number): Promise<Uint8Array> {
  const { key } = await database
    .selectFrom("pseudonym_key")
    .select("key")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return key;
}

/** Removes keys that nothing computes with any more: what was made with them is matched with no original then. */
export async function forgetUnusedKeys(database: Kysely<ArchiveDatabase>): Promise<void> {
  await database
    .deleteFrom("pseudonym_key")
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("project").select("project.id").whereRef("key_id", "=", "pseudonym_key.id"))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("share").select("share.id").whereRef("key_id", "=", "pseudonym_key.id"))),
    )
    .execute();
}
