import { EtalonError } from "@etalon/base";
import { sql } from "kysely";
import pg from "pg";

/** A search that the indexes do not help takes seconds over millions of studies; beyond this, nobody waits for its answer. */
const longestMs = 30_000;

/** PostgreSQL's query_canceled. */
const cancelled = "57014";

/** Stands before a search's SQL, which PostgreSQL then ends in time: see `pipelinedPool`. */
export const withinTime = sql.raw(`/* within ${longestMs} ms */`);

/** What a search comes to. @throws {EtalonError} `query-too-slow` */
export async function inTime<T>(searching: Promise<T>): Promise<T> {
  try {
    return await searching;
  } catch (thrown) {
    if (!(thrown instanceof pg.DatabaseError) || thrown.code !== cancelled) throw thrown;
    throw new EtalonError("query-too-slow", {
      field: "the query",
      details: { expected: longestMs / 1000 },
      cause: thrown,
    });
  }
}
