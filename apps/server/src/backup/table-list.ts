import type pg from "pg";

/** A table, and the columns of it that hold what was written. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

interface Reference {
  readonly child: string;
  readonly parent: string;
}

/** The archive's tables but that of migrations: those that others refer to come first. Generated columns are left out. */
export async function listTables(client: pg.Client): Promise<readonly TableShape[]> {
  const { rows: tables } = await client.query<TableShape>(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migration'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname`);
  const { rows: references } = await client.query<Reference>(`
    SELECT child.relname AS child, parent.relname AS parent
    FROM pg_constraint r JOIN pg_class child ON child.oid = r.conrelid JOIN pg_class parent ON parent.oid = r.confrelid
    WHERE r.contype = 'f' AND child.relnamespace = 'public'::regnamespace AND child.oid <> parent.oid`);
  const ordered: TableShape[] = [];
  for (let left = tables; left.length > 0; ) {
    const waits = ({ name }: TableShape): boolean =>
      references.some(({ child, parent }) => child === name && left.some((table) => table.name === parent));
    const ready = left.filter((table) => !waits(table));
    if (ready.length === 0) throw new Error("the tables refer to each other in a circle");
    ordered.push(...ready);
    left = left.filter(waits);
  }
  return ordered;
}

/** A name in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What follows COPY: a table with its columns. */
export function copyTarget({ name, columns }: TableShape): string {
  return `public.${quoted(name)} (${columns.map(quoted).join(", ")})`;
}
