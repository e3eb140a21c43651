import { DatabaseSync } from "node:sqlite";
import type { OpenDatabase } from "../../../apps/server/src/database/open-database.ts";

/** Rows read at once. */
const batchLength = 20_000;

/** Above the four rows of the instance that is there. */
const firstId = 100;

/** Orthanc's numbers of its levels. */
const levels = { patient: 1, study: 2, series: 3, instance: 4 } as const;

/** Attributes that Orthanc keeps in capital letters, without accents, in a table of their own, to find a resource by. */
const identifiers = {
  patient: ["00100020", "00100010", "00100030"],
  study: ["00100020", "00100010", "00100030", "0020000D", "00080050", "00081030", "00080020"],
  series: ["0020000E"],
  instance: ["00080018"],
} as const;

/**
 * Writes the studies of our index into Orthanc's SQLite database, which is not running: the rows that Orthanc 1.10 itself
 * writes for a patient, a study, and one series with one instance of it (ours have three series). The plugin reads a file of
 * each study that it answers: all instances name the file of the one that the database holds, which stays in memory.
 */
export async function copyStudies(database: OpenDatabase["kysely"], indexFile: string): Promise<void> {
  const index = new DatabaseSync(indexFile);
  try {
    index.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
    const write = rowWriter(index);
    const patients = new Map<string, number>();
    for (let after = 0; ; ) {
      const rows = await database
        .selectFrom("study")
        .selectAll()
        .where("id", ">", after)
        .orderBy("id")
        .limit(batchLength)
        .execute();
      for (const row of rows) writeStudy(write, patients, row);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    index.exec("COMMIT; ANALYZE; PRAGMA journal_mode = WAL");
  } finally {
    index.close();
  }
}

type Level = keyof typeof levels;
type Tags = Readonly<Record<string, string | null>>;
type WriteResource = (
  level: Level,
  parent: number | null,
  said: { readonly tags: Tags; readonly search: Tags },
) => number;

function rowWriter(index: DatabaseSync): WriteResource {
  const resource = index.prepare("INSERT INTO Resources VALUES (?, ?, ?, ?)");
  const mainTag = index.prepare("INSERT INTO MainDicomTags VALUES (?, ?, ?, ?)");
  const identifier = index.prepare("INSERT INTO DicomIdentifiers VALUES (?, ?, ?, ?)");
  const metadata = index.prepare("INSERT INTO Metadata VALUES (?, ?, ?)");
  const seed = "(SELECT max(internalId) FROM Resources WHERE resourceType = 4 AND internalId < 10)";
  const files = index.prepare(`INSERT INTO AttachedFiles SELECT ?, fileType, uuid, compressedSize, uncompressedSize,
    compressionType, uncompressedMD5, compressedMD5 FROM AttachedFiles WHERE id = ${seed}`);
  const said = index.prepare(`INSERT INTO Metadata SELECT ?, type, value FROM Metadata WHERE id = ${seed}`);
  let id = firstId;
  return (level, parent, { tags, search }) => {
    id += 1;
    resource.run(id, levels[level], publicIdOf(id), parent);
    for (const [tag, value] of Object.entries(tags)) {
      if (value !== null) mainTag.run(id, group(tag), element(tag), value);
    }
    for (const tag of identifiers[level]) {
      const value = search[tag];
      if (value !== null && value !== undefined) identifier.run(id, group(tag), element(tag), value.toUpperCase());
    }
    if (level === "instance") {
      files.run(id);
      said.run(id);
    } else {
      // The time of its last change.
      metadata.run(id, 7, "20261122T000000");
    }
    return id;
  };
}

interface StudyRow {
  readonly study_instance_uid: string;
  readonly patient_name: string | null;
  readonly patient_id: string | null;
  readonly patient_birth_date: string | null;
  readonly patient_sex: string | null;
  readonly study_date: string | null;
  readonly study_time: string | null;
  readonly accession_number: string | null;
  readonly study_id: string | null;
  readonly study_description: string | null;
  readonly referring_physician_folded: string | null;
  readonly modalities: readonly string[];
}

function writeStudy(write: WriteResource, patients: Map<string, number>, row: StudyRow): void {
  const patientTags = {
    "00100010": row.patient_name,
    "00100020": row.patient_id,
    "00100030": row.patient_birth_date,
    "00100040": row.patient_sex,
  };
  const patientKey = row.patient_id ?? "";
  let patient = patients.get(patientKey);
  if (patient === undefined) {
    patient = write("patient", null, { tags: patientTags, search: patientTags });
    patients.set(patientKey, patient);
  }
  const studyTags = {
    ...patientTags,
    "00080020": row.study_date,
    "00080030": row.study_time,
    "00080050": row.accession_number,
    "00080090": row.referring_physician_folded,
    "00081030": row.study_description,
    "0020000D": row.study_instance_uid,
    "00200010": row.study_id,
  };
  const study = write("study", patient, { tags: studyTags, search: studyTags });
  const seriesUid = `${row.study_instance_uid}.1`;
  const seriesTags = { "00080060": row.modalities[0] ?? null, "0020000E": seriesUid, "00200011": "1" };
  const series = write("series", study, { tags: seriesTags, search: seriesTags });
  const instanceTags = { "00080018": `${seriesUid}.1`, "00200013": "1" };
  write("instance", series, { tags: instanceTags, search: instanceTags });
}

function group(tag: string): number {
  return Number.parseInt(tag.slice(0, 4), 16);
}

function element(tag: string): number {
  return Number.parseInt(tag.slice(4), 16);
}

/** Orthanc names resources by five groups of eight hexadecimal digits. */
function publicIdOf(id: number): string {
  const zeros = "00000000";
  return [id.toString(16).padStart(8, "0"), zeros, zeros, zeros, zeros].join("-");
}
