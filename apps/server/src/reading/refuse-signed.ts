import { EtalonError } from "@etalon/base";
import type { ReadingRow } from "./find-reading.ts";
import type { Database } from "./reading-place.ts";

/** Refuses what would change a reading that is signed, or being signed. @throws {EtalonError} `reading-signed`, `signing-under-way` */
export async function refuseSigned(database: Database, reading: ReadingRow): Promise<void> {
  if (reading.status === "signed" || reading.status === "amended") {
    throw new EtalonError("reading-signed", { field: reading.protocol });
  }
  const pending = await database
    .selectFrom("signing")
    .innerJoin("analysis", "analysis.id", "signing.analysis_id")
    .select("signing.id")
    .where("signing.reading_id", "=", reading.id)
    .where("analysis.state", "in", ["queued", "running"])
    .executeTakeFirst();
  if (pending !== undefined) throw new EtalonError("signing-under-way", { field: reading.protocol });
}
