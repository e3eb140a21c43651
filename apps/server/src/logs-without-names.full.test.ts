import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dataSetOf } from "@etalon/dicom";
import { openAssociation } from "@etalon/dicom/network";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { explicitLittleEndian, smallInstance } from "./archive/testing/small-instance.ts";
import { openHl7Sender } from "./hl7/testing/hl7-sender.ts";
import { storeStudy } from "./jobs/testing/store-study.ts";
import { dicomPortOf, sendByStore } from "./testing/many-machines.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "./testing/running-server.ts";

/** Words that no other text holds: of a name, an id, an accession number, a physician, a description. */
const words = ["Xqzwolf", "Jvkmira", "PIDXQZ77", "ACCXQZ88", "Drxqz", "Descxqz"] as const;
const [family, given, patientId, accession, physician, description] = words;
const name = `${family}^${given}`;
const said = {
  PatientName: name,
  PatientID: patientId,
  AccessionNumber: accession,
  ReferringPhysicianName: physician,
  StudyDescription: description,
};

const studyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";

let folder = "";
let server: ServerProcess;
let url = "";

beforeAll(async () => {
  folder = await temporaryDataFolder();
  server = spawnServer(folder, { ETALON_LOG_LEVEL: "trace", ETALON_HL7_PORT: "0", ETALON_STABLE_SECONDS: "0" });
  url = await server.url();
});

afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await removeDataFolder(folder);
});

const http = async (path: string, options: RequestInit = {}): Promise<number> => {
  const answer = await fetch(`${url}${path}`, options);
  await answer.arrayBuffer();
  return answer.status;
};
const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

test("no log has a word of a patient, whatever is stored, asked or refused", async () => {
  await byHttp();
  await byDicom();
  await byHl7();
  await withTrouble();
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  const logs = await readLogs();
  // The logs are there, and tell of what was done.
  expect(Object.keys(logs).length).toBeGreaterThan(1);
  for (const sign of ['"msg":"request"', "association accepted", '"status":500'])
    expect(logs["output"]).toContain(sign);
  for (const [log, text] of Object.entries(logs))
    for (const word of words)
      expect([log, word, text.toLowerCase().includes(word.toLowerCase())]).toEqual([log, word, false]);
});

async function byHttp(): Promise<void> {
  await storeStudy(url, [{ name: "1", bytes: smallInstance(1, said) }]);
  await storeStudy(url, [{ name: "1", bytes: smallInstance(1, { ...said, PatientName: `${name}^2` }) }]);
  const post = (body: Uint8Array): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/dicom" },
    body: new Uint8Array(body),
  });
  // No UID, one that is none, cut within the name, no DICOM at all.
  expect(await http("/dicom-web/studies", post(smallInstance(2, { ...said, StudyInstanceUID: name })))).toBe(409);
  expect(await http("/dicom-web/studies", post(smallInstance(3, { ...said, SOPInstanceUID: "" })))).toBe(409);
  expect(await http("/dicom-web/studies", post(smallInstance(4, said).subarray(0, 420)))).toBe(409);
  expect(await http("/dicom-web/studies", post(Buffer.from(name)))).toBe(409);
  for (const query of [
    `PatientName=${name}`,
    `PatientName=*${family}*&fuzzymatching=true`,
    `PatientID=${patientId}&limit=1`,
  ])
    expect(await http(`/dicom-web/studies?${query}`)).toBe(200);
  for (const path of [`studies?StudyDate=${family}`, `studies/${family}/metadata`, `${family}`])
    expect(await http(`/dicom-web/${path}`)).toBeGreaterThanOrEqual(400);
  expect(await http(`/api/results?patientName=${family}&patientId=${patientId}`)).toBe(200);
  expect(await http(`/api/results?protocol=${family}&min=${given}`)).toBe(400);
  expect(await http("/api/analyses", json("POST", { protocol: name, facts: { name } }))).toBe(400);
  expect(await http("/api/worklist", json("POST", { PatientName: name, Modality: family }))).toBe(400);
  expect(await http("/api/session", json("POST", { name, password: patientId }))).toBeGreaterThanOrEqual(400);
}

async function byDicom(): Promise<void> {
  const port = dicomPortOf(server);
  expect(await sendByStore(port, [smallInstance(5, said)])).toBe(1);
  expect(await sendByStore(port, [smallInstance(6, { ...said, StudyInstanceUID: name })])).toBe(0);
  const association = await openAssociation({
    host: "127.0.0.1",
    port,
    callingAeTitle: "CT1",
    calledAeTitle: "ETALON",
    contexts: [{ abstractSyntax: studyRootFind, transferSyntaxes: [explicitLittleEndian] }],
  });
  for (const keys of [{ PatientName: `${family}*` }, { StudyDate: family, PatientID: patientId }]) {
    const identifier = dataSetOf({ QueryRetrieveLevel: "STUDY", ...keys });
    const matches = association.find({ sopClassUid: studyRootFind, identifier });
    await (async () => {
      for await (const _ of matches);
    })().catch((refused: unknown) => expect(refused).toBeInstanceOf(Error));
  }
  await association.release();
}

async function byHl7(): Promise<void> {
  const port = Number(/HL7\s+\S+:(\d+)/.exec(server.output())?.[1]);
  const sender = await openHl7Sender(port);
  const order = (extra: string): string =>
    [
      `MSH|^~\\&|RIS|H|ETALON|ARCHIVE|20261123080000||ORM^O01|1${extra}|P|2.3.1||||||UNICODE UTF-8`,
      `PID|||${patientId}^^^H||${name}||19700101|F`,
      `ORC|NW|PL2${extra}|FI2||||1^once^^20261123103000`,
      `OBR||PL2${extra}|FI2|CT^${description}^L||||||||||||||${accession}|A2|S2||||${extra === "" ? "CT" : family}|||1^once^^20261123103000`,
      "",
    ].join("\r");
  expect(await sender.send(order(""))).toMatch(/MSA\|A[AE]/);
  expect(await sender.send(order("9"))).toMatch(/MSA\|A[AER]/);
  expect(await sender.send(`MSH|^~\\&|${name}`)).toBeDefined();
  sender.end();
}

/** Faults that PostgreSQL describes with the values at hand: a table that is away for a moment, a row that it refuses. */
async function withTrouble(): Promise<void> {
  const password = (await readFile(join(folder, "postgres/password"), "utf8")).trim();
  const socket = encodeURIComponent(join(folder, "postgres/socket"));
  const client = new pg.Client({ connectionString: `postgresql://etalon:${password}@${socket}:5432/etalon` });
  await client.connect();
  await client.query("ALTER TABLE study RENAME TO study_away");
  expect(await http(`/dicom-web/studies?PatientName=${family}`)).toBe(500);
  expect(await sendByStore(dicomPortOf(server), [smallInstance(7, said)])).toBe(0);
  await client.query("ALTER TABLE study_away RENAME TO study");
  await client.query("ALTER TABLE study ADD CONSTRAINT no_names CHECK (patient_name IS NULL) NOT VALID");
  const other = { ...said, StudyInstanceUID: "1.2.826.0.2.99", SeriesInstanceUID: "1.2.826.0.3.99" };
  expect(await sendByStore(dicomPortOf(server), [smallInstance(8, other)])).toBe(0);
  await client.query("ALTER TABLE study DROP CONSTRAINT no_names");
  await client.end();
}

/** What the server wrote, and what its PostgreSQL did. */
async function readLogs(): Promise<Readonly<Record<string, string>>> {
  return { output: server.output(), postgres: await readFile(join(folder, "postgres/postgres.log"), "utf8") };
}
