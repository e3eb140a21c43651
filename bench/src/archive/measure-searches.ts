import { join } from "node:path";
import { buildCtSeries } from "@etalon/phantom";
import { fillStudies } from "../../../apps/server/src/archive/testing/fill-studies.ts";
import { openDatabase } from "../../../apps/server/src/database/open-database.ts";
import { type ArchiveMeasure, secondsOf } from "./archive-measure.ts";
import type { ArchivePeer } from "./archive-peer.ts";
import { copyStudies } from "./copy-studies.ts";
import { send } from "./http-client.ts";
import { startEtalon } from "./start-etalon.ts";
import { startOrthanc } from "./start-orthanc.ts";

/** What work lists ask of studies, by attributes that Orthanc has in its index. */
const searches: readonly string[] = [
  "limit=101",
  "PatientID=P000777",
  "StudyInstanceUID=1.2.826.0.1.3680043.10.1.777",
  "AccessionNumber=ACC00012345",
  "AccessionNumber=ACC000123*&limit=101",
  "PatientName=PEDAMO*&limit=101",
  "PatientName=*LAUPE*&limit=101",
  "PatientBirthDate=19500101&limit=101",
  "StudyDate=20240229&limit=101",
  "StudyDate=20240201-20240229&limit=101",
  "StudyDescription=*coronaire*&limit=101",
];

/** QIDO-RS over many studies: our index filled by PostgreSQL, and the same studies copied to Orthanc's. */
export async function measureSearches(
  root: string,
  { studies, rounds }: { readonly studies: number; readonly rounds: number },
): Promise<ArchiveMeasure> {
  const etalon = await startEtalon(join(root, "etalon-search"));
  const folder = join(root, "orthanc-search");
  try {
    const database = openDatabase({ connectionString: etalon.databaseUrl, poolSize: 2, log: { warn: () => {} } });
    const { id } = await database.kysely.selectFrom("site").select("id").executeTakeFirstOrThrow();
    await fillStudies(database.kysely, id, studies);
    const indexFile = await seedOrthanc(folder);
    await copyStudies(database.kysely, indexFile);
    await database.close();
    const orthanc = await startOrthanc(folder);
    try {
      return await timeSearches([etalon, orthanc], { studies, rounds });
    } finally {
      await orthanc.stop();
    }
  } finally {
    await etalon.stop();
  }
}

/** An Orthanc that holds one small instance, and has stopped. */
async function seedOrthanc(folder: string): Promise<string> {
  const orthanc = await startOrthanc(folder);
  const series = {
    identity: "archive-bench-seed",
    columns: 8,
    rows: 8,
    pixelSpacingMm: [1, 1],
    orientation: [1, 0, 0, 0, 1, 0],
    thicknessMm: 1,
    kvp: 120,
    slices: [{ values: new Int16Array(64), positionLpsMm: [0, 0, 0], instanceNumber: 1 }],
  } as const;
  for (const { bytes } of buildCtSeries(series)) {
    await send(`${orthanc.restUrl}/instances`, { "content-type": "application/dicom" }, [bytes]);
  }
  await orthanc.stop();
  return orthanc.indexFile;
}

async function timeSearches(
  peers: readonly ArchivePeer[],
  { studies, rounds }: { readonly studies: number; readonly rounds: number },
): Promise<ArchiveMeasure> {
  const timings = peers.map(({ name }) => ({ name: `${name}, QIDO-RS`, seconds: [] as number[], answer: {} }));
  const byQuery = searches.map((query) => ({ query, seconds: peers.map((): number[] => []) }));
  for (let round = -1; round < rounds; round++) {
    for (const { query, seconds } of byQuery) {
      for (const [index, { dicomwebUrl }] of peers.entries()) {
        const url = `${dicomwebUrl}/studies?${query}`;
        const taken = await secondsOf(() => send(url, { accept: "application/dicom+json" }));
        if (round < 0) continue;
        timings[index]?.seconds.push(taken);
        seconds[index]?.push(taken);
      }
    }
  }
  return {
    title: `QIDO-RS over ${studies.toLocaleString("en")} studies`,
    work: "The same studies in both; each search in turns, all of them counted together. Etalon's answers are sorted and say how many match in all. Orthanc's index was filled with the rows that it writes itself.",
    aim: 1,
    aimSeconds: 0.005,
    timings,
    details: byQuery,
  };
}
