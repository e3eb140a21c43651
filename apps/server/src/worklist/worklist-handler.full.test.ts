import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesSource, type DataSet, firstItemOf, readPart10, sortedTags, textOf, writePart10 } from "@etalon/dicom";
import { type DimseServer, startDimseServer } from "@etalon/dicom/network";
import { describeWithPeer, hasProgram, type RunningPeer, runProgram, startPeer } from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { getItem, setState } from "./change-items.ts";
import { readItem } from "./read-item.ts";
import { saveItem } from "./save-item.ts";
import { exampleItems } from "./testing/example-items.ts";
import { worklistHandler } from "./worklist-handler.ts";

const isPresent = hasProgram("findscu") && hasProgram("wlmscpfs");
const step = "ScheduledProcedureStepSequence[0]";
/** What a modality usually asks for. */
const usual = [
  "AccessionNumber",
  "PatientName",
  "PatientID",
  "StudyInstanceUID",
  "RequestedProcedureID",
  `${step}.ScheduledStationAETitle`,
  `${step}.ScheduledProcedureStepStartDate`,
  `${step}.ScheduledProcedureStepStartTime`,
  `${step}.Modality`,
  `${step}.ScheduledProcedureStepID`,
];

describeWithPeer("the worklist, asked by DCMTK", { name: "dcmtk", isPresent }, () => {
  let database: TestDatabase;
  let folder: string;
  let server: DimseServer;
  let peer: RunningPeer;
  let count = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-worklist-"));
    database = await startTestDatabase();
    const { kysely, siteId } = database;
    const scope = { siteId, actor: "test", purpose: "test" };
    mkdirSync(join(folder, "lists/ETALON"), { recursive: true });
    writeFileSync(join(folder, "lists/ETALON/lockfile"), "");
    for (const [at, record] of exampleItems.entries()) {
      const attributes = readItem(record);
      await kysely.transaction().execute((transaction) => saveItem(transaction, scope, { attributes }));
      writeFileSync(join(folder, `lists/ETALON/item${at}.wl`), worklistFile(attributes));
    }
    // Of another site, and cancelled: on nobody's list.
    const { id } = await kysely.insertInto("site").values({ name: "other" }).returning("id").executeTakeFirstOrThrow();
    const [first, second] = exampleItems;
    await kysely.transaction().execute(async (transaction) => {
      await saveItem(transaction, { ...scope, siteId: id }, { attributes: readItem(first) });
      const cancelled = { ...second, AccessionNumber: "CANCELLED" };
      const { item } = await saveItem(transaction, scope, { attributes: readItem(cancelled) });
      await setState(transaction, scope, { ids: [item.id], state: "cancelled" });
      expect(await getItem(transaction, { ...scope, siteId: id }, item.id)).toBeUndefined();
    });
    server = await startDimseServer({
      port: 0,
      handlers: { worklist: worklistHandler({ database: kysely, scopeOf: () => scope }) },
    });
    const args = (port: number) => ["-dfp", "lists", "-csk", "-s", "-dhl", String(port)];
    peer = await startPeer("wlmscpfs", args, { cwd: folder, env: { ...process.env, TCP_NODELAY: "1" } });
  });

  afterAll(async () => {
    await peer?.stop();
    await server?.close(0);
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What findscu is answered, by scheduled procedure step ID. */
  async function ask(port: number, keys: readonly string[]): Promise<readonly DataSet[]> {
    count += 1;
    mkdirSync(join(folder, `out${count}`));
    const options = ["-W", "-v", "-X", "-od", `out${count}`, "-aec", "ETALON", "127.0.0.1", String(port)];
    const args = [...options, ...keys.flatMap((key) => ["-k", key])];
    const outcome = await runProgram("findscu", args, { cwd: folder, env: { ...process.env, TCP_NODELAY: "1" } });
    expect(outcome.output, keys.join(" ")).toContain("Received Final Find Response (Success)");
    const answers: DataSet[] = [];
    for (const name of readdirSync(join(folder, `out${count}`))) {
      const source = bytesSource(name, new Uint8Array(readFileSync(join(folder, `out${count}`, name))));
      answers.push((await readPart10(source, { until: "end" })).dataSet);
    }
    return answers.toSorted((a, b) => stepIdOf(a).localeCompare(stepIdOf(b)));
  }

  /** Keys with those that are usual, which a value may be given to. */
  function keysOf(...asked: readonly string[]): readonly string[] {
    const given = new Set(asked.map((key) => key.replace(/=.*/, "")));
    return [...usual.filter((key) => !given.has(key)), ...asked];
  }

  const stepKeys: readonly (readonly [key: string, steps: string])[] = [
    // Every attribute of K.6-1 that SCPs must match (key type R), and what ranges and wildcards make of them.
    [`${step}.ScheduledStationAETitle=CT1`, "S1 S3"],
    [`${step}.ScheduledStationAETitle=CT2`, "S3"],
    [`${step}.ScheduledStationAETitle=NONE`, ""],
    [`${step}.ScheduledProcedureStepStartDate=20260706`, "S2"],
    [`${step}.ScheduledProcedureStepStartDate=20260706-20260707`, "S2 S3"],
    [`${step}.ScheduledProcedureStepStartDate=-20260706`, "S1 S2"],
    [`${step}.ScheduledProcedureStepStartDate=20260707-`, "S3 S4"],
    [`${step}.ScheduledProcedureStepStartTime=0800-1200`, "S1 S2 S4"],
    [`${step}.ScheduledProcedureStepStartTime=120001-`, "S3"],
    [`${step}.ScheduledProcedureStepStartTime=120000`, "S4"],
    [`${step}.Modality=MR`, "S2 S4"],
    [`${step}.ScheduledPerformingPhysicianName=Johnson`, "S2 S3"],
    [`${step}.ScheduledPerformingPhysicianName=J*n`, "S2 S3"],
    ["PatientName=Martin^Jean", "S3"],
    ["PatientName=Le*", "S1 S2 S4"],
    ["PatientName=Lefran?^*", "S2"],
    ["PatientID=P-001", "S1 S4"],
    ["PatientID=P-9", ""],
  ];

  it.each(stepKeys)("%s: the same items as wlmscpfs", async (key, steps) => {
    const [ours, theirs] = [await ask(server.port, keysOf(key)), await ask(peer.port, keysOf(key))];
    expect(ours.map(stepIdOf).join(" ")).toBe(steps);
    expect(ours.map(comparable)).toEqual(theirs.map(comparable));
  });

  it("a range of days with a range of hours is one period, and keys hold together", async () => {
    const from = `${step}.ScheduledProcedureStepStartDate=20260705-20260707`;
    const keys = keysOf(from, `${step}.ScheduledProcedureStepStartTime=1000-1800`);
    // From July 5, 10 am to July 7, 6 pm: not S1 (July 5, 9:30), not S3 (July 7, 7 pm).
    expect((await ask(server.port, keys)).map(stepIdOf)).toEqual(["S2"]);
    expect((await ask(peer.port, keys)).map(stepIdOf)).toEqual(["S2"]);
    const both = keysOf(`${step}.Modality=MR`, "PatientID=P-001");
    expect((await ask(server.port, both)).map(stepIdOf)).toEqual(["S4"]);
  });

  it("an open query answers all that is listed, whole sequences where they are asked whole", async () => {
    const keys = ["PatientName", "ScheduledProcedureStepSequence", "RequestedProcedureCodeSequence", "Allergies"];
    const [ours] = await ask(server.port, keys);
    expect(ours?.["00100010"]?.Value).toEqual([{ Alphabetic: "Lefèvre^Noémie^^Mme" }]);
    expect(ours?.["00080005"]?.Value).toEqual(["ISO_IR 192"]);
    expect(textOf(ours ?? {}, "00102110")).toBe("Pénicilline");
    const code = { "00080100": { vr: "SH", Value: ["24627-2"] }, "00080102": { vr: "SH", Value: ["LN"] } };
    expect(firstItemOf(ours ?? {}, "00321064")).toMatchObject(code);
    const first = firstItemOf(ours ?? {}, "00400100") ?? {};
    expect(first["00400006"]?.Value).toEqual([{ Alphabetic: "Müller^Zoë" }]);
    expect(textOf(first, "00400020")).toBe("SCHEDULED");
    expect(textOf(first, "00400011")).toBe("Sous-sol");
    expect(firstItemOf(first, "00400008")).toMatchObject(code);
  });

  it("keys that need not be matched are", async () => {
    for (const [key, steps] of [
      ["AccessionNumber=A1002", "S2"],
      ["RequestedProcedureID=RP3", "S3"],
      ["StudyInstanceUID=1.2.826.0.1.3680043.8.498.7.4", "S4"],
      ["PatientBirthDate=19720303", "S1 S4"],
      ["PatientSex=M", "S2 S3"],
      ["ReferringPhysicianName=DUPONT^*", "S1"],
      ["RequestedProcedurePriority=HIGH", "S1"],
      ["RequestedProcedureCodeSequence[0].CodeValue=24627-2", "S1"],
      [`${step}.ScheduledProtocolCodeSequence[0].CodeValue=24627-2`, "S1"],
      [`${step}.ScheduledProcedureStepID=S2`, "S2"],
      [`${step}.ScheduledProcedureStepDescription=*cardiaque`, "S2"],
      ["PatientName=lefevre*", "S1 S4"],
      ["PatientName=*", "S1 S2 S3 S4"],
    ] as const)
      expect((await ask(server.port, keysOf(key))).map(stepIdOf).join(" "), key).toBe(steps);
  });

  it("a key with a name in Latin-1 is read in its character set", async () => {
    const file = join(folder, "query.dcm");
    const query: DataSet = {
      "00080005": { vr: "CS", Value: ["ISO_IR 100"] },
      "00100010": { vr: "PN", Value: [{ Alphabetic: "LEFÈVRE^*" }] },
      "00400100": { vr: "SQ", Value: [{ "00400009": { vr: "SH" } }] },
    };
    writeFileSync(file, worklistFile(query));
    const options = ["-W", "-v", "-aec", "ETALON", "127.0.0.1", String(server.port), file];
    const { output } = await runProgram("findscu", options, { cwd: folder, env: { ...process.env, TCP_NODELAY: "1" } });
    expect(output.match(/Find Response: \d+/g), output).toHaveLength(2);
  });

  it("what is malformed or unknown is said", async () => {
    const run = (...keys: readonly string[]) =>
      runProgram(
        "findscu",
        ["-W", "-d", "-aec", "ETALON", "127.0.0.1", String(server.port), ...keys.flatMap((key) => ["-k", key])],
        { cwd: folder, env: { ...process.env, TCP_NODELAY: "1" } },
      );
    expect((await run(`${step}.ScheduledProcedureStepStartDate=tomorrow`)).output).toMatch(/0xa900/i);
    expect((await run("PatientName", "SeriesDescription=x")).output).toMatch(/0xff01/i);
    expect((await run("PatientName", "SeriesDescription")).output).not.toMatch(/0xff01/i);
  });
});

/** A file that DCMTK reads: its worklist files are Part 10 without a storage class of their own. */
function worklistFile(attributes: DataSet): Uint8Array {
  const dataSet: DataSet = {
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    ...attributes,
    "00080016": { vr: "UI", Value: ["1.2.840.10008.5.1.4.31"] },
    "00080018": { vr: "UI", Value: ["1.2.826.0.1.3680043.8.498.7.99"] },
  };
  return writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
}

function stepIdOf(dataSet: DataSet): string {
  return textOf(firstItemOf(dataSet, "00400100") ?? {}, "00400009") ?? "";
}

/** What both servers must agree on: all but the character set, which each chooses. */
function comparable(dataSet: DataSet): unknown {
  const kept = sortedTags(dataSet).filter((tag) => tag !== "00080005" && !tag.endsWith("0000"));
  return kept.map((tag) => {
    const element = dataSet[tag];
    const items = element?.vr === "SQ" ? (element.Value ?? []) : undefined;
    const isItem = (value: unknown): value is DataSet => typeof value === "object" && value !== null;
    return [tag, items === undefined ? (element?.Value ?? []) : items.filter(isItem).map(comparable)];
  });
}
