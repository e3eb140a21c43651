import { dataSetOf, writePart10 } from "@etalon/dicom";
import { describeWithPeer, hasPythonModule } from "@etalon/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ServedAccounts, serveAccounts } from "../accounts/testing/served-accounts.ts";
import { backupLockKey } from "../archive/advisory-locks.ts";
import { createArchive } from "../archive/create-archive.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";
import { auditChanges, auditedArchive } from "../audit/audited-archive.ts";
import { createAudit } from "../audit/create-audit.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { readZip } from "../shares/testing/read-zip.ts";
import { erasePatient } from "./erase-patient.ts";
import { removeFilesLeft } from "./remove-files-left.ts";

let served: ServedAccounts;
let kept: ServedAccounts;
let administrator = "";
const mine = ["1.2.826.0.2.1", "1.2.826.0.2.2"] as const;
const theirs = "1.2.826.0.2.3";
const jane = { patientId: "P1", issuerOfPatientId: "CHU" };

beforeAll(async () => {
  served = await serveAccounts();
  kept = await serveAccounts({ ETALON_RETENTION_DAYS: "30" });
  administrator = await served.bearer(await served.account("root", "administrator"));
}, 90_000);
afterAll(async () => {
  await served?.close();
  await kept?.close();
});

function image(index: number, study: string, said: object = {}): Uint8Array {
  return smallInstance(index, {
    StudyInstanceUID: study,
    SeriesInstanceUID: `${study}.1`,
    IssuerOfPatientID: "CHU",
    ...said,
  });
}

async function store(to: ServedAccounts, bytes: Uint8Array): Promise<void> {
  const stored = await to.archive.store(to.scope, { form: "part10", bytes: inPieces(bytes) });
  if (stored.kind === "refused") throw new Error(stored.message);
}

async function post(
  path: string,
  body: object,
  to = { url: served.url, authorization: administrator },
): Promise<Response> {
  const headers = { authorization: to.authorization, "content-type": "application/json" };
  return fetch(`${to.url}/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Two studies of a patient, one with two versions of an image and a report as PDF; one of somebody else with the same ID. */
async function fill(): Promise<void> {
  await served.empty();
  await store(served, image(1, mine[0]));
  await store(served, image(1, mine[0], { ImageComments: "again" }));
  await store(served, image(2, mine[1]));
  await store(served, image(3, theirs, { IssuerOfPatientID: "elsewhere", PatientName: "Autre^Personne" }));
  const pdf = new TextEncoder().encode("%PDF-1.7 of a test ");
  const document = {
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.104.1",
    SOPInstanceUID: "1.2.826.0.1.77",
    StudyInstanceUID: mine[1],
    SeriesInstanceUID: `${mine[1]}.2`,
    PatientID: "P1",
    IssuerOfPatientID: "CHU",
    PatientName: "Doe^Jane",
    MIMETypeOfEncapsulatedDocument: "application/pdf",
    EncapsulatedDocument: { vr: "OB", bytes: pdf },
    EncapsulatedDocumentLength: { vr: "UL", Value: [pdf.length] },
  };
  await store(served, writePart10(dataSetOf(document), { transferSyntaxUid: "1.2.840.10008.1.2.1" }));
  const { kysely, siteId } = served.database;
  await fillReading();
  const item = {
    site_id: siteId,
    state: "scheduled",
    requested_procedure_id: "R",
    station_ae_titles: ["CT1"],
    modality: "CT",
    start_date: "20260102",
    start_time: "0930",
    created_at: new Date(),
    changed_at: new Date(),
  };
  await kysely.deleteFrom("worklist_item").execute();
  for (const [step, issuer] of ["CHU", "elsewhere"].entries()) {
    const attributes = { "00100020": { vr: "LO", Value: ["P1"] }, "00100021": { vr: "LO", Value: [issuer] } };
    const keys = { accession_number: `A${step}`, step_id: "S", study_instance_uid: `1.9.${step}`, patient_id: "P1" };
    const patient_name_folded = issuer === "CHU" ? "DOE JANE" : "AUTRE PERSONNE";
    await kysely
      .insertInto("worklist_item")
      .values({ ...item, ...keys, patient_name_folded, attributes: JSON.stringify(attributes) })
      .execute();
  }
}

/** What was written on the patient's second study. */
async function fillReading(): Promise<void> {
  const { kysely, siteId } = served.database;
  const { id: study_id } = await kysely
    .selectFrom("study")
    .select("id")
    .where("study_instance_uid", "=", mine[1])
    .executeTakeFirstOrThrow();
  const changed = { changed_at: new Date(), changed_by: "account:1" };
  const { id: reading_id } = await kysely
    .insertInto("reading")
    .values({
      site_id: siteId,
      study_id,
      protocol: "coronary/calcium-score",
      status: "reading",
      version: 1,
      ...changed,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const document = JSON.stringify({ sections: { en: { findings: "Jane Doe is well." } } });
  const saved = { document, saved_at: new Date(), saved_by: "account:1" };
  await kysely
    .insertInto("reading_version")
    .values({ reading_id, version: 1, ...saved })
    .execute();
}

/** The tables that may name somebody, as one text. */
async function everything(): Promise<string> {
  const { kysely } = served.database;
  const tables = [
    "study",
    "series",
    "worklist_item",
    "study_grant",
    "storage_commitment",
    "reading",
    "reading_version",
    "erasure",
    "share",
    "audit_event",
  ] as const;
  const rows: unknown[] = [];
  for (const table of tables) rows.push(await kysely.selectFrom(table).selectAll().execute());
  return JSON.stringify(rows);
}

const python = { name: "pydicom", isPresent: hasPythonModule("pydicom") };
describeWithPeer("with pydicom", python, () => {
  test("a patient's copy holds their files, earlier versions, reports, worklist and who looked, and nobody else's", async () => {
    await fill();
    const answer = await post("patients/export", jane);
    expect(answer.status).toBe(200);
    const zip = readZip(Buffer.from(await answer.arrayBuffer()));
    expect(zip.bad).toBeNull();
    expect(zip.objects.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual([
      "1.2.826.0.1.1",
      "1.2.826.0.1.2",
      "1.2.826.0.1.77",
    ]);
    expect(zip.directory).toEqual(zip.objects.map(({ name }) => name));
    expect(zip.names.filter((name) => !name.startsWith("DICOM"))).toEqual([
      expect.stringMatching(/^VERSIONS\/[0-9a-f]{16}\.dcm$/),
      "REPORTS/report-1.pdf",
      expect.stringMatching(/^READINGS\/coronary-calcium-score-\d+\.json$/),
      "WORKLIST.json",
      "ACCESS-LOG.json",
    ]);
    expect(JSON.parse(zip.texts["WORKLIST.json"] ?? "")).toEqual([
      { "00100020": { vr: "LO", Value: ["P1"] }, "00100021": { vr: "LO", Value: ["CHU"] } },
    ]);
    const again = readZip(Buffer.from(await (await post("patients/export", jane)).arrayBuffer()));
    const studyEvents = z.array(z.object({ action: z.string(), actor: z.string() }));
    // Of each of the two studies: the first export.
    expect(studyEvents.parse(JSON.parse(again.texts["ACCESS-LOG.json"] ?? ""))).toMatchObject([
      { action: "export", actor: "account:1" },
      { action: "export", actor: "account:1" },
    ]);
  });
});

test("erasure leaves nothing of a patient but numbers, and nobody else loses anything", async () => {
  await fill();
  await post("grants", { role: "guest", patientId: "P1", issuerOfPatientId: "CHU" });
  await post("grants", { role: "guest", patientId: "P1", issuerOfPatientId: "elsewhere" });
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await post("shares", { studies: [mine[0]], expiresAt, note: "for Jane Doe" });
  const { kysely, siteId } = served.database;
  const commitment = { requester_ae_title: "CT1", transaction_uid: "1.5", is_duplicate: false, failed: null };
  const requested = JSON.stringify([{ sopClassUid: "1.2.840.10008.5.1.4.1.1.2", sopInstanceUid: "1.2.826.0.1.1" }]);
  const when = { requested_at: new Date(), next_attempt_at: new Date() };
  await kysely
    .insertInto("storage_commitment")
    .values({ site_id: siteId, ...commitment, ...when, requested, state: "owed" })
    .execute();
  const answer = await post("patients/erasure", { ...jane, reason: "patient-request", reference: "DPO-2026/17" });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      id: 1,
      counts: {
        studies: 2,
        instances: 4,
        results: 0,
        readings: 1,
        worklistItems: 1,
        grants: 1,
        commitments: 1,
        filesLeft: 0,
      },
    },
  ]);
  const left = await everything();
  expect(left).toContain("Autre");
  expect(left).toContain(theirs);
  expect(left).not.toMatch(/doe|jane|"CHU"|1\.2\.826\.0\.2\.[12]\b/i);
  const blobs: string[] = [];
  for await (const { sha256 } of served.store.list()) blobs.push(sha256);
  expect(blobs).toHaveLength(1);
  expect(await verifyAudit(kysely)).toMatchObject({ isWhole: true });
  const list = await fetch(`${served.url}/api/patients/erasures`, { headers: { authorization: administrator } });
  expect(await list.json()).toMatchObject([
    {
      erasedBy: "account:1",
      reason: "patient-request",
      reference: "DPO-2026/17",
      counts: { instances: 4 },
      endedAt: expect.any(String),
    },
  ]);
  expect((await post("patients/erasure", { ...jane, reason: "patient-request" })).status).toBe(404);
  const { events } = z
    .object({
      events: z.array(z.object({ action: z.string(), object: z.object({ kind: z.string(), id: z.string() }) })),
    })
    .parse(
      await (
        await fetch(`${served.url}/api/audit?object=erasure`, { headers: { authorization: administrator } })
      ).json(),
    );
  expect(events).toEqual([{ action: "remove", object: { kind: "erasure", id: "1" } }]);
});

test("what a backup still reads goes after it", async () => {
  await fill();
  const { kysely } = served.database;
  const files = async (): Promise<number> => {
    let count = 0;
    for await (const _ of served.store.list()) count += 1;
    return count;
  };
  const before = await files();
  const counts = await kysely.connection().execute(async (backup) => {
    await sql`SELECT pg_advisory_lock(${backupLockKey}::bigint)`.execute(backup);
    const answer = await post("patients/erasure", { ...jane, reason: "patient-request" });
    await sql`SELECT pg_advisory_unlock(${backupLockKey}::bigint)`.execute(backup);
    return z.object({ id: z.number(), counts: z.object({ filesLeft: z.number() }) }).parse(await answer.json());
  });
  // Two versions of one image, another image, a document; somebody else's image stays.
  expect([counts.counts.filesLeft, await files(), before]).toEqual([4, 5, 5]);
  const place = { database: kysely, store: served.store, clock: () => new Date() };
  expect(await removeFilesLeft(place, counts.id)).toBe(0);
  expect(await files()).toBe(1);
  expect(await removeFilesLeft(place, counts.id)).toBe(0);
});

test("what must still be kept keeps the whole patient, and that it was refused is written down", async () => {
  const to = { url: kept.url, authorization: await kept.bearer(await kept.account("root", "administrator")) };
  for (const study of mine) await store(kept, image(1, study, { SOPInstanceUID: `${study}.9` }));
  const old = new Date(Date.now() - 31 * 86_400_000);
  // One may go, the other may not.
  const { kysely } = kept.database;
  await kysely.updateTable("study").set({ received_at: old }).where("study_instance_uid", "=", mine[0]).execute();
  const answer = await post("patients/erasure", { ...jane, reason: "court-order" }, to);
  expect([answer.status, await answer.json()]).toMatchObject([409, { code: "retained" }]);
  expect(await kysely.selectFrom("study").select("id").execute()).toHaveLength(2);
  expect(await kysely.selectFrom("erasure").select("id").execute()).toEqual([]);
  const last = await kysely
    .selectFrom("audit_event")
    .select("event")
    .orderBy("position", "desc")
    .executeTakeFirstOrThrow();
  expect(JSON.parse(last.event)).toMatchObject({ outcome: "refused", error: "retained", object: { kind: "erasure" } });
});

test("a legal hold on one study keeps the whole patient, until it is lifted", async () => {
  await fill();
  const held = await post("holds", { studyInstanceUid: mine[1], reason: "case 12" });
  expect(held.status).toBe(201);
  const refused = await post("patients/erasure", { ...jane, reason: "patient-request" });
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: "legal-hold" }]);
  expect(await served.database.kysely.selectFrom("study").select("id").execute()).toHaveLength(3);
  const { id } = z.object({ id: z.number() }).parse(await held.json());
  expect((await post(`holds/${id}/lift`, { reason: "closed" })).status).toBe(200);
  expect((await post("patients/erasure", { ...jane, reason: "patient-request" })).status).toBe(200);
  expect(await served.database.kysely.selectFrom("study").select("id").execute()).toHaveLength(1);
});

test.each([
  [{ ...jane, reason: "because Jane Doe asked" }],
  [{ ...jane, reason: "patient-request", reference: "Jane Doe" }],
  [{ reason: "patient-request" }],
])("an erasure says why by a word, and names nobody: %j", async (asked) => {
  expect((await post("patients/erasure", asked)).status).toBe(400);
});

test("an audited archive writes the removal of each study with it", async () => {
  await fill();
  const { kysely } = served.database;
  const clock = (): Date => new Date();
  const audit = createAudit({ database: kysely, clock });
  const plain = createArchive({ database: kysely, store: served.store, onChange: auditChanges(audit) });
  const archive = auditedArchive(plain, { audit, database: kysely, clock });
  const routes = {
    ...{ database: kysely, archive, store: served.store, audit, clock, scopeOf: () => served.scope },
    retention: async () => undefined,
  };
  const before = await kysely.selectFrom("audit_head").select("position").executeTakeFirstOrThrow();
  await erasePatient(routes, served.scope, { ...jane, reason: "mistake" });
  const rows = await kysely
    .selectFrom("audit_event")
    .select("event")
    .where("position", ">", before.position)
    .orderBy("position")
    .execute();
  expect(rows.map(({ event }): unknown => JSON.parse(event))).toMatchObject([
    { action: "remove", object: { kind: "study" }, count: 2 },
    { action: "remove", object: { kind: "study" }, count: 2 },
    { action: "remove", object: { kind: "erasure" }, count: 4 },
  ]);
});
