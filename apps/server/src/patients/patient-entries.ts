import type { AccessScope } from "../archive/access-scope.ts";
import type { RecordedEvent } from "../audit/audit-event.ts";
import { findEvents } from "../audit/find-events.ts";
import { documentEntries } from "../packaging/document-entries.ts";
import { resultEntries } from "../packaging/result-entries.ts";
import { studyEntries } from "../packaging/study-entries.ts";
import { memoryEntry, type ZipEntry } from "../zip/zip-entry.ts";
import { type FoundPatient, findPatient, type PatientKey } from "./find-patient.ts";
import type { PatientRoutes } from "./patient-routes.ts";
import { readingEntries } from "./reading-entries.ts";

/** Events of the log read at once. */
const pageOfEvents = 1000;

/**
 * Everything that a site has of one patient: the files as they were received, also those that later ones took the place of,
 * results, reports as PDF, readings, worklist items, and who looked at the studies when (by internal ids).
 *
 * @throws {EtalonError} `patient-not-found`
 */
export async function patientEntries(
  routes: PatientRoutes,
  scope: AccessScope,
  key: PatientKey,
): Promise<{ readonly found: FoundPatient; readonly entries: readonly ZipEntry[] }> {
  const { database, archive } = routes;
  const found = await findPatient(database, scope, key);
  const uids = found.studies.map(({ studyInstanceUid }) => studyInstanceUid);
  const studies = await studyEntries(archive, scope, uids);
  const entries = [
    ...studies.entries,
    ...(await earlierVersions(routes, scope, uids)),
    ...(await resultEntries(database, scope, uids)),
    ...(await documentEntries(archive, scope, studies.instances)),
    ...(await readingEntries(
      database,
      found.studies.map(({ id }) => id),
    )),
    memoryEntry("WORKLIST.json", jsonText(found.worklist.map(({ attributes }) => attributes))),
    memoryEntry("ACCESS-LOG.json", jsonText(await accessEvents(routes, scope, found))),
  ];
  return { found, entries };
}

async function earlierVersions(
  { archive }: PatientRoutes,
  scope: AccessScope,
  studyInstanceUids: readonly string[],
): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const studyInstanceUid of studyInstanceUids) {
    for (const version of await archive.versions(scope, { studyInstanceUid })) {
      if (version.isCurrent) continue;
      const name = `VERSIONS/${version.dataSetSha256.slice(0, 16)}.dcm`;
      entries.push({ name, sizeBytes: version.sizeBytes, open: () => archive.open(scope, version) });
    }
  }
  return entries;
}

async function accessEvents(
  { database }: PatientRoutes,
  { siteId }: AccessScope,
  { studies }: FoundPatient,
): Promise<readonly RecordedEvent[]> {
  const readings = await database
    .selectFrom("reading")
    .select("id")
    .where(
      "study_id",
      "in",
      studies.map(({ id }) => id),
    )
    .execute();
  const objects = [
    ...studies.map(({ id }) => ({ objectKind: "study", objectId: String(id) })),
    ...readings.map(({ id }) => ({ objectKind: "reading", objectId: String(id) })),
  ];
  const events: RecordedEvent[] = [];
  for (const object of objects) {
    for (let offset = 0; ; offset += pageOfEvents) {
      const search = { siteId, ...object, limit: pageOfEvents, offset };
      const page = await findEvents(database, search);
      events.push(...page.events);
      if (offset + pageOfEvents >= page.total) break;
    }
  }
  return events.sort((first, second) => first.position - second.position);
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
