import { EtalonError } from "@etalon/base";
import { type AnyProtocol, catalog } from "@etalon/measure";
import type { AccessScope } from "../archive/access-scope.ts";
import { isVisible } from "../archive/visible-studies.ts";
import { type Database, measurementsOnly, type ReadingKey } from "./reading-place.ts";

/** A study by its row. */
export interface FoundStudy {
  readonly id: number;
  readonly studyInstanceUid: string;
}

/** A study that may be seen. @throws {EtalonError} `study-not-found` */
export async function requireStudy(
  database: Database,
  scope: AccessScope,
  studyInstanceUid: string,
): Promise<FoundStudy> {
  const row = await database
    .selectFrom("study")
    .select("id")
    .where(isVisible(scope))
    .where("study_instance_uid", "=", studyInstanceUid)
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("study-not-found", { field: studyInstanceUid });
  return { id: row.id, studyInstanceUid };
}

/** A protocol of the catalogue. @throws {EtalonError} `unknown-name` */
export function protocolOf(id: string): AnyProtocol {
  const protocol = catalog.find((known) => known.id === id);
  if (protocol !== undefined) return protocol;
  const expected = catalog.map((known) => known.id).join(", ");
  throw new EtalonError("unknown-name", { field: "protocol", received: id, details: { expected } });
}

/** The row of a reading, `undefined` where nobody has begun it. @throws {EtalonError} `study-not-found`, `unknown-name` */
export async function findReading(database: Database, scope: AccessScope, key: ReadingKey) {
  if (key.protocol !== measurementsOnly) protocolOf(key.protocol);
  const study = await requireStudy(database, scope, key.studyInstanceUid);
  const reading = await selectReading(database, study.id, key.protocol);
  return { study, reading };
}

/** The row of a reading that was begun. @throws {EtalonError} `study-not-found`, `unknown-name`, `reading-not-found` */
export async function requireReading(database: Database, scope: AccessScope, key: ReadingKey): Promise<ReadingRow> {
  const { reading } = await findReading(database, scope, key);
  if (reading === undefined) throw new EtalonError("reading-not-found", { field: key.protocol });
  return reading;
}

/** A row of `reading`. */
export type ReadingRow = NonNullable<Awaited<ReturnType<typeof selectReading>>>;

async function selectReading(database: Database, studyId: number, protocol: string) {
  return database
    .selectFrom("reading")
    .selectAll()
    .where("study_id", "=", studyId)
    .where("protocol", "=", protocol)
    .executeTakeFirst();
}

/**
 * The row of a reading, which nobody else changes until the transaction ends.
 *
 * @throws {EtalonError} `study-not-found`, `unknown-name`, `reading-not-found`
 */
export async function lockReading(database: Database, scope: AccessScope, key: ReadingKey): Promise<ReadingRow> {
  const { id } = await requireReading(database, scope, key);
  const reading = await database.selectFrom("reading").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (reading === undefined) throw new EtalonError("reading-not-found", { field: key.protocol });
  return reading;
}
