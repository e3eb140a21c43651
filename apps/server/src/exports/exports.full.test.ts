import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { debianPython, describeWithPeer, describeWithSharedData, hasPythonModule } from "@etalon/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ServedAccounts, serveAccounts } from "../accounts/testing/served-accounts.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";
import { readZip, type ZippedObject } from "../shares/testing/read-zip.ts";

let served: ServedAccounts;
let radiologist = "";
let researcher = "";
let researcherId = 0;
let administrator = "";
const folder = mkdtempSync(join(tmpdir(), "etalon-export-"));

/** A CT and an MR of one study, a later CT of the same patient, and somebody else's. */
const french = [
  { name: "Lefèvre-Desnoyers^Anne-Françoise", words: ["Lefèvre", "Desnoyers", "Françoise", "LEFEVRE"] },
  { name: "de La Tour du Pin^Hélène", words: ["Tour", "Hélène", "HELENE"] },
] as const;
const ct = "1.2.826.0.2.1";
const later = "1.2.826.0.2.2";
const someone = "1.2.826.0.2.3";

interface Said {
  readonly index: number;
  readonly study: string;
  readonly person: 0 | 1;
  readonly modality: "CT" | "MR";
  readonly date: string;
}

function object({ index, study, person, modality, date }: Said): Uint8Array {
  return smallInstance(index, {
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: modality === "CT" ? "1.2.840.10008.5.1.4.1.1.2" : "1.2.840.10008.5.1.4.1.1.4",
    StudyInstanceUID: study,
    SeriesInstanceUID: `${study}.${modality === "CT" ? 1 : 2}`,
    FrameOfReferenceUID: `${study}.9`,
    Modality: modality,
    SeriesNumber: modality === "CT" ? 1 : 2,
    StudyDate: date,
    AcquisitionDate: date,
    PatientName: french[person].name,
    PatientID: `15403330631234${person}`,
    PatientBirthDate: "19540301",
    AccessionNumber: `ACC77${person}`,
    ReferringPhysicianName: "Le Goff-Kerbrat^Loïc",
    StudyDescription: `Coro ${french[person].words.at(-1)} ACC77${person}`,
    ImageComments: `${french[person].words.join(" / ")}, Dr LE GOFF`,
    "00090010": { vr: "LO", Value: ["ACME"] },
    "00091001": { vr: "LO", Value: [french[person].name] },
  });
}

const objects: readonly Said[] = [
  { index: 1, study: ct, person: 0, modality: "CT", date: "20240229" },
  { index: 2, study: ct, person: 0, modality: "MR", date: "20240229" },
  { index: 3, study: later, person: 0, modality: "CT", date: "20250301" },
  { index: 4, study: someone, person: 1, modality: "CT", date: "20240229" },
];

beforeAll(async () => {
  served = await serveAccounts();
  radiologist = await served.bearer(await served.account("claire", "radiologist"));
  administrator = await served.bearer(await served.account("root", "administrator"));
  researcherId = await served.account("rose", "researcher");
  researcher = await served.bearer(researcherId);
  for (const said of objects) await store(object(said));
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await served?.close();
});

async function store(bytes: Uint8Array): Promise<string> {
  const stored = await served.archive.store(served.scope, { form: "part10", bytes: inPieces(bytes) });
  if (stored.kind === "refused") throw new Error(stored.message);
  return stored.studyInstanceUid;
}

async function post(path: string, body: object, authorization: string): Promise<Response> {
  const headers = { authorization, "content-type": "application/json" };
  return fetch(`${served.url}/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function project(name: string, options: readonly string[] = []): Promise<number> {
  const answer = await post("projects", { name, options }, radiologist);
  expect(answer.status).toBe(201);
  return z.object({ id: z.number() }).parse(await answer.json()).id;
}

async function exported(asked: object, authorization = radiologist): Promise<Buffer> {
  const answer = await post("exports", asked, authorization);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

/** What another table of E.1-1, read by pydicom, finds left of the originals: nothing for each object. */
function findings(originals: readonly Uint8Array[], names: readonly string[]): unknown {
  const pairs = originals.map((bytes, index) => {
    const before = join(folder, `${index}.dcm`);
    const after = join(folder, `${index}-out.dcm`);
    writeFileSync(before, bytes);
    const run = spawnSync(debianPython, [
      "-c",
      "import sys, zipfile; open(sys.argv[3], 'wb').write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))",
      join(folder, "export.zip"),
      names[index] ?? "",
      after,
    ]);
    if (run.status !== 0) throw new Error(String(run.stderr));
    return [before, after];
  });
  const script = fileURLToPath(import.meta.resolve("../../../../packages/dicom/src/deidentify/find-identity.py"));
  const run = spawnSync(debianPython, [script], { input: JSON.stringify({ pairs }), encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

/** Days between two dates of DICOM. */
function days(from: string, to: string): number {
  const moment = (date: string): number => Date.parse(date.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"));
  return (moment(to) - moment(from)) / 86_400_000;
}

const uids = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: ZippedObject): readonly string[] => [
  studyInstanceUid,
  seriesInstanceUid,
  sopInstanceUid,
];

const pydicom = { name: "pydicom", isPresent: hasPythonModule("pydicom") };
describeWithPeer("re-read by pydicom", pydicom, () => {
  test("nothing of table E.1-1 is left under the basic profile, also of French names", async () => {
    const id = await project("basic");
    const zip = await exported({ project: id, studies: [ct, later, someone] });
    writeFileSync(join(folder, "export.zip"), zip);
    const read = readZip(zip);
    expect([read.bad, read.objects.length]).toEqual([null, 4]);
    const names = read.objects.map(({ name }) => name);
    expect(read.directory).toEqual(names);
    expect(findings(objects.map(object), names)).toEqual(objects.map(() => []));
    for (const encoding of ["latin1", "utf8"] as const) {
      const text = zip.toString(encoding).toLowerCase();
      for (const word of [
        ...french.flatMap(({ words }) => words),
        "Goff",
        "Kerbrat",
        "154033306",
        "ACC77",
        "1.2.826.0",
      ])
        expect([word, text.includes(word.toLowerCase())]).toEqual([word, false]);
    }
  });

  test("dates of a patient shift alike, UIDs agree across modalities and exports, and differ across projects", async () => {
    const options = ["retain-longitudinal-modified-dates"];
    const id = await project("longitudinal", options);
    const { objects: all } = readZip(await exported({ project: id, studies: [ct, later, someone] }));
    const [first, mr, second, theirs] = all;
    if (first === undefined || mr === undefined || second === undefined || theirs === undefined)
      throw new Error("4 objects");
    expect([first.modality, mr.modality]).toEqual(["CT", "MR"]);
    expect(first.studyInstanceUid).toBe(mr.studyInstanceUid);
    expect(first.patientId).toBe(second.patientId);
    expect(first.patientId).not.toBe(theirs.patientId);
    const shift = days("20240229", first.studyDate);
    // PS3.15 leaves the shift to us: 31 to 3650 days back (docs/guide/deidentification.md).
    expect(shift).toBeLessThanOrEqual(-31);
    expect(shift).toBeGreaterThanOrEqual(-3650);
    expect(days("20240229", mr.studyDate)).toBe(shift);
    expect(days("20250301", second.studyDate)).toBe(shift);
    // Another day, another person who exports, one study alone: the same.
    await grant(later);
    const [again] = readZip(await exported({ project: id, studies: [later] }, researcher)).objects;
    expect(again).toEqual({ ...second, name: again?.name });
    const other = await project("another", options);
    const { objects: there } = readZip(await exported({ project: other, studies: [ct, later, someone] }));
    const common = there.flatMap(uids).filter((uid) => all.flatMap(uids).includes(uid));
    expect(common).toEqual([]);
    expect(there.map(({ patientId }) => patientId)).not.toContain(first.patientId);
    // A new key: nothing that left before matches.
    expect((await post(`projects/${id}/key`, {}, radiologist)).status).toBe(204);
    const { objects: renewed } = readZip(await exported({ project: id, studies: [ct] }));
    expect(renewed.flatMap(uids).filter((uid) => all.flatMap(uids).includes(uid))).toEqual([]);
    const { total } = await served.database.kysely
      .selectFrom("pseudonym_key")
      .select(({ fn }) => fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    const { projects } = await served.database.kysely
      .selectFrom("project")
      .select(({ fn }) => fn.countAll<number>().as("projects"))
      .executeTakeFirstOrThrow();
    expect(total).toBe(projects);
  });

  test("what may name somebody in its pixels is left out, and the report says how many and why", async () => {
    const secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
    const uid = await store(smallInstance(50, { SOPClassUID: secondaryCapture, StudyInstanceUID: "1.2.826.0.2.50" }));
    const read = readZip(await exported({ project: await project("captures"), studies: [uid] }));
    expect(read.objects).toEqual([]);
    expect(JSON.parse(read.texts["report.json"] ?? "")).toEqual({
      schema: "etalon.deidentification/1",
      profile: { name: "basic", options: [] },
      files: [],
      refused: [{ sopClassUid: secondaryCapture, code: "burned-in-suspected", count: 1 }],
    });
  });

  describeWithSharedData("deident-ge", "7-conformance/deident-ge/In", (path) => {
    test("nothing is left, and the series stays one", async () => {
      const originals = readdirSync(path)
        .filter((name) => name.endsWith(".dcm"))
        .map((name) => readFileSync(join(path, name)));
      let studyInstanceUid = "";
      for (const bytes of originals) studyInstanceUid = await store(bytes);
      const instances = await served.archive.instances(served.scope, { studyInstanceUid });
      const zip = await exported({ project: await project("ge"), studies: [studyInstanceUid] });
      writeFileSync(join(folder, "export.zip"), zip);
      const read = readZip(zip);
      expect(read.objects).toHaveLength(instances.length);
      expect(new Set(read.objects.map(({ seriesInstanceUid }) => seriesInstanceUid)).size).toBe(
        new Set(instances.map(({ seriesInstanceUid }) => seriesInstanceUid)).size,
      );
      const inOrder: Uint8Array[] = [];
      for (const instance of instances) {
        const pieces: Uint8Array[] = [];
        for await (const piece of await served.archive.open(served.scope, instance)) pieces.push(piece);
        inOrder.push(Buffer.concat(pieces));
      }
      const names = read.objects.map(({ name }) => name);
      expect(findings(inOrder, names)).toEqual(names.map(() => []));
    }, 60_000);
  });
});

/** Lets the researcher see a study. */
async function grant(studyInstanceUid: string): Promise<void> {
  expect((await post("grants", { accountId: researcherId, studyInstanceUid }, administrator)).status).toBe(201);
}

test("a researcher exports what was granted, chooses no profile, and finds nothing by a name", async () => {
  const id = await project("granted");
  expect((await post("exports", { project: id, studies: [someone] }, researcher)).status).toBe(404);
  const secretly = { modality: "CT", from: "20240101", until: "20241231" };
  expect((await post("exports", { project: id, query: secretly }, researcher)).status).toBe(403);
  await grant(later);
  const { objects: found } = readZip(await exported({ project: id, query: { modality: "CT" } }, researcher));
  expect(found).toHaveLength(1);
  expect((await post("projects", { name: "mine", options: ["retain-uids"] }, researcher)).status).toBe(403);
  for (const asked of [{ query: { patientName: "LEF*" } }, { studies: [someone], options: ["retain-uids"] }, {}]) {
    expect((await post("exports", { project: id, ...asked }, researcher)).status).toBe(400);
  }
  expect((await post("exports", { project: 999, studies: [someone] }, radiologist)).status).toBe(404);
  expect((await post("projects", { name: "granted" }, radiologist)).status).toBe(409);
});

test("the log says who exported which studies for what, and how many files left", async () => {
  const { kysely } = served.database;
  const id = await project("logged");
  const [before] = await kysely.selectFrom("audit_head").select("position").execute();
  await exported({ project: id, query: { modality: "MR" } });
  const study = await kysely
    .selectFrom("study")
    .select("id")
    .where("study_instance_uid", "=", ct)
    .executeTakeFirstOrThrow();
  const rows = await kysely
    .selectFrom("audit_event")
    .select("event")
    .where("position", ">", before?.position ?? 0)
    .where("action", "=", "export")
    .orderBy("position")
    .execute();
  const events = rows.map(({ event }): unknown => JSON.parse(event));
  const actor = "account:1"; // Claire's, the first account.
  expect(events.length).toBeGreaterThanOrEqual(3);
  expect(events[0]).toMatchObject({ actor, object: { kind: "project", id: String(id) }, outcome: "success" });
  expect(events).toContainEqual(expect.objectContaining({ object: { kind: "study", id: String(study.id) } }));
  expect(events.at(-1)).toMatchObject({ actor, object: { kind: "export", id: String(id) }, purpose: "export" });
});
