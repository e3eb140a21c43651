import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Every column, constraint and index of a database, a line each, in the order of their text. */
export async function describeSchema(database: Kysely<ArchiveDatabase>): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly line: string }>`
    SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), co.collname, a.attstorage,
      CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity, '')) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation co ON co.oid = a.attcollation
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    -- PostgreSQL 18 lists "not null" here too, under names of its own.
    SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT concat_ws(' ', relname, reloptions) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`.execute(database);
  return rows.map(({ line }) => line).sort();
}
