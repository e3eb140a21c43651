import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../schema.ts";

/** The voxels of the maps that results name by their hashes. They go with their result. */
export async function createResultMapTable(database: Kysely<ArchiveDatabase>): Promise<void> {
  await sql
    .raw(`CREATE TABLE result_map (
      result_id bigint NOT NULL REFERENCES result ON DELETE CASCADE,
      position integer NOT NULL,
      map text COLLATE "C" NOT NULL,
      title jsonb NOT NULL,
      unit text COLLATE "C" NOT NULL,
      is_quantity boolean NOT NULL,
      grid jsonb NOT NULL,
      voxels bytea NOT NULL,
      PRIMARY KEY (result_id, position),
      UNIQUE (result_id, map)
    )`)
    .execute(database);
}
