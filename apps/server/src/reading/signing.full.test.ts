import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import { debianPython } from "@etalon/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { waitUntil } from "../jobs/testing/wait-until.ts";
import { type ReadingState, readingStateSchema } from "./reading-state.ts";
import { type ServedReadings, serveReadings } from "./testing/serve-readings.ts";

const run = promisify(execFile);
const problem = z.looseObject({ status: z.number(), code: z.string() });
const options = { ...thoraxPhantomDefaults, columns: 128, rows: 128 };

let served: ServedReadings;
let study = "";
let marie = "";
let paul = "";
let digest = "";

beforeAll(async () => {
  served = await serveReadings({ ETALON_ORGANIZATION: "CHU de l'Étalon", ETALON_REPORT_LANGUAGE: "fr" });
  study = await served.storePhantom({ columns: 128, rows: 128 });
  const [image] = await served.archive.instances(served.scope, { studyInstanceUid: study });
  const { sopInstanceUid = "" } = image ?? {};
  keyImages.push({ sopInstanceUid, window: { center: 40, width: 400 }, caption: "Coupe de l'IVA" });
  marie = await served.bearer(await served.account("marie.legoff", "radiologist"));
  paul = await served.bearer(await served.account("paul.martin", "radiologist"));
  served.work();
});

afterAll(() => served.close());

const keyImages: { sopInstanceUid: string; window: object; caption: string }[] = [];
const reading = () => `studies/${study}/readings/coronary/calcium-score`;
const document = {
  schema: "etalon.reading/1",
  marks: buildThoraxPhantom(options).marks,
  language: "fr",
  sections: {
    fr: {
      indication: "Homme de 58 ans, hésitation sur une statine.",
      findings: "Calcifications de l'IVA et de la coronaire droite.\n\nPas d'épanchement.",
      conclusion: "Charge calcique élevée.",
    },
  },
  keyImages,
  facts: { schema: "etalon.facts/1", facts: [{ id: "diabetes", value: false }] },
};

async function stateNow(): Promise<ReadingState> {
  return readingStateSchema.parse(await (await served.ask(reading(), { as: marie })).json());
}

/** Saves a document on the version that is there, and has it measured. */
async function saveAndRun(saved: unknown, on: Readonly<Record<string, string>>): Promise<ReadingState> {
  const put = await served.ask(`${reading()}/document`, { as: marie, method: "PUT", body: saved, headers: on });
  expect(put.status).toBeLessThan(300);
  const { version } = await stateNow();
  const asked = await served.ask(`${reading()}/runs`, { as: marie, method: "POST", body: { version } });
  expect([200, 202]).toContain(asked.status);
  return waitUntil(async () => {
    const state = await stateNow();
    return state.run?.state === "queued" || state.run?.state === "running" ? undefined : state;
  });
}

async function sign(as: string, body: unknown, wait = 120): Promise<Response> {
  return served.ask(`${reading()}/signatures`, { as, method: "POST", body, headers: { prefer: `wait=${wait}` } });
}

describe("a draft", () => {
  test("is measured by a worker, and names its version", async () => {
    const provisional = await saveAndRun({ ...document, marks: null }, { "if-none-match": "*" });
    expect(provisional.run).toMatchObject({ version: 1, state: "done", provisional: true });
    const state = await saveAndRun(document, { "if-match": '"1"' });
    expect(state.run).toMatchObject({ version: 2, state: "done", provisional: false });
    digest = state.run?.digest ?? "";
    const result = await (await served.ask(`results/${digest}`, { as: marie })).json();
    expect(result).toMatchObject({ digest, provisional: false });
  });

  test("asked for once more is the same analysis", async () => {
    const again = await served.ask(`${reading()}/runs`, { as: paul, method: "POST", body: { version: 2 } });
    expect(again.status).toBe(200);
    expect(readingStateSchema.parse(await again.json()).run).toMatchObject({ digest, state: "done" });
  });

  test("has a report that says that it is preliminary, to readers alone", async () => {
    const fr = await served.ask(`${reading()}/report.html?language=fr`, { as: marie });
    expect([fr.status, fr.headers.get("etalon-digest"), fr.headers.get("etalon-status")]).toEqual([
      200,
      digest,
      "draft",
    ]);
    const text = await fr.text();
    expect(text).toContain("PROVISOIRE");
    expect(text).toContain("Pas d&#39;épanchement.");
    expect(text).toMatch(/Image clé 1.*Coupe de l&#39;IVA/);
    expect(text).toContain("data:image/png;base64,");
    const en = await (await served.ask(`${reading()}/report.html?language=en`, { as: marie })).text();
    expect(en).toContain("PRELIMINARY");
    expect(en).toContain("Written in French");
    const preview = await served.ask(`${reading()}/preview?language=fr`, {
      as: marie,
      method: "POST",
      body: { ...document, sections: { fr: { conclusion: "À revoir." } } },
    });
    expect(await preview.text()).toContain("À revoir.");
    const guestId = await served.account("guest", "guest");
    const admin = await served.bearer(await served.account("chef", "administrator"));
    const grant = { accountId: guestId, studyInstanceUid: study };
    expect((await served.ask("grants", { as: admin, method: "POST", body: grant })).status).toBe(201);
    const guest = await served.ask(`${reading()}/report.html`, { as: await served.bearer(guestId) });
    expect(problem.parse(await guest.json())).toMatchObject({ status: 403, code: "not-allowed" });
  });

  test("has verdicts; a sensitive fact serves them and is not kept", async () => {
    const verdicts = z.looseObject({
      resultDigest: z.string(),
      facts: z.array(z.looseObject({ id: z.string() })),
      verdicts: z.array(z.looseObject({ rule: z.string(), outcome: z.string(), class: z.string() })),
    });
    const facts = { schema: "etalon.facts/1", facts: [{ id: "ethnicity", value: "white" }] };
    const body = { facts };
    const asked = await served.ask(`${reading()}/verdicts`, { as: marie, method: "POST", body });
    const said = verdicts.parse(await asked.json());
    expect(said.resultDigest).toBe(digest);
    expect(said.verdicts.some(({ outcome }) => outcome === "applies")).toBe(true);
    expect(said.facts.map(({ id }) => id)).not.toContain("ethnicity");
    const kept = await served.database.kysely.selectFrom("reading_version").select("document").execute();
    expect(JSON.stringify(kept)).not.toContain("ethnicity");
  });

  test("becomes preliminary, and a draft again with the next version", async () => {
    const given = await served.ask(`${reading()}/preliminary`, { as: marie, method: "POST", body: { version: 2 } });
    expect(readingStateSchema.parse(await given.json())).toMatchObject({
      status: "preliminary",
      preliminary: { version: 2 },
    });
    const next = { ...document, sections: { fr: { ...document.sections.fr, comment: "Relu." } } };
    const state = await saveAndRun(next, { "if-match": '"2"' });
    expect([state.status, state.version, state.run?.digest]).toEqual(["reading", 3, digest]);
  });
});

describe("a signature", () => {
  test("is refused to who may not sign, to another digest, to another version", async () => {
    const technologist = await served.bearer(await served.account("tech", "technologist"));
    expect((await sign(technologist, { version: 3, digest })).status).toBe(403);
    const stale = await sign(marie, { version: 2, digest });
    expect(problem.parse(await stale.json())).toMatchObject({ status: 409, code: "reading-stale" });
    const differs = await sign(marie, { version: 3, digest: "0".repeat(64) });
    expect(problem.parse(await differs.json())).toMatchObject({
      status: 409,
      code: "digest-differs",
      sentDigest: "0".repeat(64),
      computedDigest: digest,
    });
    expect(await stateNow()).toMatchObject({ status: "reading", signature: null, signing: { state: "refused" } });
    const rows = await served.database.kysely.selectFrom("reading_edition").selectAll().execute();
    expect(rows).toEqual([]);
  });

  test("of two at once, one is made", async () => {
    const answers = await Promise.all([sign(marie, { version: 3, digest }), sign(paul, { version: 3, digest })]);
    const said = await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()] as const));
    const codes = said.map(([status, body]) => (status === 409 ? problem.parse(body).code : status));
    expect(codes).toContain(201);
    expect(codes.filter((code) => code === "signing-under-way" || code === "reading-signed")).toHaveLength(1);
    const state = await stateNow();
    expect(state).toMatchObject({
      status: "signed",
      signature: { version: 3, digest, organization: "CHU de l'Étalon", editions: [{ edition: 1, kind: "signed" }] },
    });
    const again = await sign(paul, { version: 3, digest });
    expect(problem.parse(await again.json())).toMatchObject({ code: "reading-signed" });
    const put = { as: marie, method: "PUT", body: document, headers: { "if-match": '"3"' } };
    const edited = await served.ask(`${reading()}/document`, put);
    expect(problem.parse(await edited.json())).toMatchObject({ status: 409, code: "reading-signed" });
  });

  test("makes a PDF in both languages that names who signed", async () => {
    const path = join(served.folder, "report.pdf");
    for (const [language, words] of [
      [
        "fr",
        ["Lu et signé par", "marie.legoff|paul.martin", "CHU de l.Étalon", "Charge calcique élevée", "Image clé 1"],
      ],
      ["en", ["Read and signed by", "Written in French"]],
    ] as const) {
      const answer = await served.ask(`${reading()}/report.pdf?language=${language}`, { as: marie });
      expect(answer.headers.get("content-type")).toBe("application/pdf");
      await writeFile(path, Buffer.from(await answer.arrayBuffer()));
      const { stdout } = await run("pdftotext", ["-layout", path, "-"]);
      for (const word of words) expect(stdout).toMatch(new RegExp(word));
      expect(stdout).not.toMatch(/PROVISOIRE|PRELIMINARY/);
    }
  });

  test("makes a structured report that says VERIFIED, with the segmentation, among the instances", async () => {
    const answer = await served.ask(`${reading()}/report.sr.dcm`, { as: marie });
    const path = join(served.folder, "report.dcm");
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    const script = `
import pydicom, json
d = pydicom.dcmread("${path}")
v = d.VerifyingObserverSequence[0]
print(json.dumps([d.VerificationFlag, d.CompletionFlag, str(v.VerifyingObserverName), v.VerifyingOrganization, str(v.VerificationDateTime)]))`;
    const { stdout } = await run(debianPython, ["-c", script]);
    const [flag, completion, name, organization, at]: unknown[] = z.array(z.unknown()).parse(JSON.parse(stdout));
    expect([flag, completion, organization]).toEqual(["VERIFIED", "COMPLETE", "CHU de l'Étalon"]);
    expect(String(name)).toMatch(/marie.legoff|paul.martin/);
    expect(String(at)).toMatch(/^\d{14}\+0000$/);
    const { stdout: dumped } = await run("dsrdump", [path]);
    expect(dumped).toMatch(/Verification Flag\s*: VERIFIED/i);
    const state = await stateNow();
    const uids = state.signature?.editions[0]?.sopInstanceUids ?? [];
    expect(uids).toHaveLength(4);
    for (const uid of uids) {
      const found = await served.archive.instances(served.scope, { studyInstanceUid: study, sopInstanceUid: uid });
      expect(found).toHaveLength(1);
    }
  });

  test("makes every other document", async () => {
    const patient = await (await served.ask(`${reading()}/patient.html?language=fr`, { as: marie })).text();
    expect(patient).toContain("médecin");
    expect(patient).not.toContain("pas définitif");
    const csv = await (await served.ask(`${reading()}/report.csv`, { as: marie })).text();
    expect(csv.split("\r\n")[1]).toContain(digest);
    // A calcium score has no curves.
    expect((await served.ask(`${reading()}/curves.csv`, { as: marie })).status).toBe(404);
    const fhir = await (await served.ask(`${reading()}/report.fhir.json`, { as: marie })).json();
    expect(JSON.stringify(fhir)).toContain('"status":"final"');
    const seg = await served.ask(`${reading()}/report.seg.dcm?download=true`, { as: marie });
    expect(seg.headers.get("content-disposition")).toMatch(
      /^attachment; filename="coronary-calcium-score-.*seg\.dcm"$/,
    );
    expect(Buffer.from(await seg.arrayBuffer()).toString("latin1", 128, 132)).toBe("DICM");
  });

  test("is completed by addenda, each on the one before", async () => {
    const add = (as: string, edition: number, text: string): Promise<Response> =>
      served.ask(`${reading()}/addenda`, { as, method: "POST", body: { text, language: "fr", edition } });
    const before = Buffer.from(await (await served.ask(`${reading()}/report.pdf`, { as: marie })).arrayBuffer());
    const both = await Promise.all([add(marie, 1, "Nodule de 4 mm du lobe moyen."), add(paul, 1, "Autre.")]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const state = await stateNow();
    expect([state.status, state.addenda.length, state.signature?.editions.length]).toEqual(["amended", 1, 2]);
    const first = await served.ask(`${reading()}/report.pdf?edition=1`, { as: marie });
    expect(Buffer.from(await first.arrayBuffer()).equals(before)).toBe(true);
    const html = await (await served.ask(`${reading()}/report.html?language=fr`, { as: marie })).text();
    expect(html).toContain("Additif 1");
    const answer = await served.ask(`${reading()}/report.sr.dcm`, { as: marie });
    const path = join(served.folder, "amended.dcm");
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    const script = `
import pydicom, json
d = pydicom.dcmread("${path}")
p = d.PredecessorDocumentsSequence[0].ReferencedSeriesSequence[0].ReferencedSOPSequence[0]
print(json.dumps([d.VerificationFlag, len(d.VerifyingObserverSequence), p.ReferencedSOPInstanceUID]))`;
    const { stdout } = await run(debianPython, ["-c", script]);
    const firstReport = state.signature?.editions[0]?.sopInstanceUids ?? [];
    const [flag, observers, predecessor] = z.tuple([z.string(), z.number(), z.string()]).parse(JSON.parse(stdout));
    expect([flag, observers]).toEqual(["VERIFIED", 2]);
    expect(firstReport).toContain(predecessor);
  });

  test("is in the audit log, and names nobody there", async () => {
    const rows = await served.database.kysely
      .selectFrom("audit_event")
      .select(["event"])
      .where("object_kind", "=", "reading")
      .orderBy("position")
      .execute();
    const events = rows.map(({ event }) =>
      z.looseObject({ action: z.string(), outcome: z.string() }).parse(JSON.parse(event)),
    );
    const of = (action: string, outcome: string) =>
      events.filter((e) => e.action === action && e.outcome === outcome).length;
    expect([of("write", "success"), of("sign", "refused"), of("sign", "success"), of("amend", "success")]).toEqual([
      4, 2, 1, 1,
    ]);
    expect(of("read", "success")).toBeGreaterThan(0);
    expect(of("export", "success")).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain("legoff");
  });
});
