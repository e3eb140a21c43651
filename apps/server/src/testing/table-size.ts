import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** What a table takes, bytes. */
export interface TableSize {
  readonly rows: number;
  /** With what it keeps outside its pages. */
  readonly heap: number;
  readonly indexes: number;
}

/** Asks PostgreSQL what a table takes. */
export async function tableSize(database: Kysely<ArchiveDatabase>, table: string): Promise<TableSize> {
  const { rows } = await sql<TableSize>`
    SELECT (SELECT count(*) FROM ${sql.table(table)}) AS rows, pg_table_size(${table}) AS heap,
      pg_indexes_size(${table}) AS indexes`.execute(database);
  const [size] = rows;
  if (size === undefined) throw new Error("a query without FROM gives one row");
  return size;
}

/** The process that serves a connection of the pool: a child of PostgreSQL's first. */
export async function backendPid(database: Kysely<ArchiveDatabase>): Promise<number> {
  const { rows } = await sql<{ readonly pid: number }>`SELECT pg_backend_pid() AS pid`.execute(database);
  return rows[0]?.pid ?? 0;
}
