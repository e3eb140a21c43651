import {
  type CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Answers one query: its rows, or how many of them it changed. @throws what the database is to throw */
export type SaidAnswer = (query: Pick<CompiledQuery, "sql" | "parameters">) => readonly unknown[] | bigint;

/** A database that says what a test says: for what is decided on rows, not for what SQL does. */
export function saidDatabase(answer: SaidAnswer): Kysely<ArchiveDatabase> {
  const nothing = async (): Promise<void> => {};
  const connection = {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const said = answer(query);
      if (typeof said === "bigint") return { rows: [], numAffectedRows: said };
      // The test gives the rows of its own query.
      return { rows: [...said] as R[] };
    },
    streamQuery: () => {
      throw new Error("nothing is streamed here");
    },
  };
  const driver = {
    ...{ init: nothing, destroy: nothing, releaseConnection: nothing },
    ...{ beginTransaction: nothing, commitTransaction: nothing, rollbackTransaction: nothing },
    acquireConnection: async () => connection,
  };
  return new Kysely<ArchiveDatabase>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}
