import { type Compilable, CompiledQuery, type Kysely } from "kysely";
import type { ArchiveDatabase } from "./schema.ts";

/** Runs a query whose text is always the same, planned once a connection: see `pipelinedPool`. */
export async function runPrepared<Row>(
  database: Kysely<ArchiveDatabase>,
  query: Compilable<Row>,
): Promise<readonly Row[]> {
  const { sql, parameters } = query.compile();
  const { rows } = await database.executeQuery<Row>(CompiledQuery.raw(`/* prepared */ ${sql}`, [...parameters]));
  return rows;
}
