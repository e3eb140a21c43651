import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  describeWithPeer,
  freePort,
  hasProgram,
  type ProgramOutcome,
  type ProgramPlace,
  runProgram,
} from "@etalon/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { bytesSource } from "../byte-source.ts";
import { readPart10 } from "../read-part10.ts";
import type { DimseServer } from "./start-dimse-server.ts";
import { type Loopback, loopback, uids } from "./testing/loopback.ts";
import { type TestArchive, testArchive } from "./testing/test-archive.ts";
import { testObjects } from "./testing/test-objects.ts";

/** The requestors of DCMTK, which call our acceptor. */
const programs = ["echoscu", "storescu", "findscu", "movescu", "getscu"] as const;
const isPresent = programs.every((program) => hasProgram(program));

describeWithPeer("DCMTK calls our acceptor", { name: "dcmtk", isPresent }, () => {
  const objects = testObjects();
  let folder: string;
  let net: Loopback;
  let archive: TestArchive;
  let server: DimseServer;
  let movePort: number;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "etalon-dcmtk-"));
    mkdirSync(join(folder, "in"));
    for (const { name, file } of objects) writeFileSync(join(folder, "in", `${name}.dcm`), file);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    net = loopback();
    movePort = await freePort();
    archive = testArchive((aeTitle) => (aeTitle === "MOVESCU" ? movePort : undefined));
    server = await net.serve(archive.handlers);
    rmSync(join(folder, "out"), { recursive: true, force: true });
    mkdirSync(join(folder, "out"));
  });
  afterEach(() => net.close());

  const place = (): ProgramPlace => ({ cwd: folder, env: { ...process.env, TCP_NODELAY: "1" } });
  const run = (program: (typeof programs)[number], ...args: readonly string[]): Promise<ProgramOutcome> =>
    runProgram(program, [...args, "-aec", "ARCHIVE", "127.0.0.1", String(server.port)], place());
  /** storescu converts implicit to explicit objects unless it may propose nothing else. */
  const fill = async (): Promise<void> => {
    for (const { name, transferSyntaxUid } of objects) {
      const propose = transferSyntaxUid === uids.implicit ? "-xi" : "-xe";
      const args = [propose, "-R", "-aec", "ARCHIVE", "127.0.0.1", String(server.port), join("in", `${name}.dcm`)];
      expect(await runProgram("storescu", args, place())).toMatchObject({ exitCode: 0 });
    }
  };
  /** The data sets of the files that a program wrote, by SOP Instance UID. */
  const written = async (): Promise<ReadonlyMap<string, Uint8Array>> => {
    const found = new Map<string, Uint8Array>();
    for (const name of readdirSync(join(folder, "out"))) {
      const bytes = new Uint8Array(readFileSync(join(folder, "out", name)));
      const { dataSet, dataSetOffset } = await readPart10(bytesSource(name, bytes), { until: "pixel-data" });
      found.set(String(dataSet["00080018"]?.Value?.[0]), bytes.slice(dataSetOffset));
    }
    return found;
  };
  const inStudy = ["-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.826.0.1.3680043.8.498.4.1"] as const;

  it("echoscu", async () => {
    expect(await run("echoscu", "-v", "--repeat", "3")).toMatchObject({ exitCode: 0 });
    expect(net.events.at(-1)).toMatchObject({ kind: "ended", end: { kind: "released" } });
  });

  it("echoscu, proposing all it can, and aborting at the end", async () => {
    expect(await run("echoscu", "-ppc", "128", "-pts", "38", "--abort")).toMatchObject({ exitCode: 0 });
    await expect.poll(() => net.events.at(-1)).toMatchObject({ kind: "ended", end: { kind: "aborted-by-peer" } });
  });

  it("storescu: private elements and names of every character set, byte for byte", async () => {
    await fill();
    for (const { name, sopInstanceUid, transferSyntaxUid, bytes } of objects) {
      const kept = archive.objects.get(sopInstanceUid);
      expect(kept?.transferSyntaxUid, name).toBe(transferSyntaxUid);
      expect(Buffer.compare(Buffer.from(kept?.bytes ?? []), Buffer.from(bytes)), name).toBe(0);
    }
  });

  it("storescu, in small PDUs and with all its storage classes proposed", async () => {
    const args = ["--max-pdu", "4096", "--max-send-pdu", "4096", "-aec", "ARCHIVE", "127.0.0.1", String(server.port)];
    const outcome = await runProgram("storescu", [...args, join("in", "big.dcm")], place());
    expect(outcome).toMatchObject({ exitCode: 0 });
    expect(archive.objects.size).toBe(1);
  });

  it("findscu: studies and images, names as they are stored", async () => {
    await fill();
    const query = ["-S", "-X", "-od", "out", "-k", "PatientName", "-k", "SOPInstanceUID", ...inStudy.slice(2)];
    expect(await run("findscu", ...query, "-k", "QueryRetrieveLevel=IMAGE")).toMatchObject({ exitCode: 0 });
    const names = new Map<string, unknown>();
    for (const name of readdirSync(join(folder, "out"))) {
      const source = bytesSource(name, new Uint8Array(readFileSync(join(folder, "out", name))));
      const { dataSet } = await readPart10(source, { until: "end" });
      names.set(String(dataSet["00080018"]?.Value?.[0]).slice(-1), dataSet["00100010"]?.Value?.[0]);
    }
    expect([...names.keys()].sort()).toEqual(["1", "2", "3", "4", "5", "6"]);
    expect(names.get("1")).toEqual({ Alphabetic: "Müller^Zoë" });
    expect(names.get("2")).toEqual({ Alphabetic: "Wang^XiaoDong", Ideographic: "王^小东" });
    expect(names.get("3")).toEqual({ Alphabetic: "ﾔﾏﾀﾞ^ﾀﾛｳ", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" });
  });

  it("findscu: a wildcard, one match of many, and C-CANCEL", async () => {
    await fill();
    const image = ["-P", "-v", "-k", "QueryRetrieveLevel=IMAGE", "-k", "SOPInstanceUID"];
    const wild = await run("findscu", ...image, "-k", "PatientName=Priv*");
    expect(wild.output.match(/Find Response: \d+ \(Pending\)/g)).toHaveLength(1);
    const cancelled = await run("findscu", ...image, "--cancel", "2");
    expect(cancelled).toMatchObject({ exitCode: 0 });
    expect(cancelled.output).toMatch(/Find Response: \d+ \(Pending\)/);
  });

  it("findscu: a level that is none is refused with its status", async () => {
    const outcome = await run("findscu", "-S", "-v", "-k", "QueryRetrieveLevel=PATIENT");
    expect(outcome.output).toMatch(/Failed|DoesNotMatchSOPClass|a900/i);
  });

  it("movescu: every object to its own port, verbatim", async () => {
    await fill();
    // With +B it writes to where it runs, whatever -od says.
    const args = ["-S", "-v", "+xa", "+B", "+P", String(movePort), ...inStudy, "-aec", "ARCHIVE", "127.0.0.1"];
    const outcome = await runProgram("movescu", [...args, String(server.port)], {
      ...place(),
      cwd: join(folder, "out"),
    });
    expect(outcome.output).toContain("Received Final Move Response (Success)");
    const files = await written();
    expect(files.size).toBe(objects.length);
    for (const { name, sopInstanceUid, bytes } of objects) {
      expect(Buffer.compare(Buffer.from(files.get(sopInstanceUid) ?? []), Buffer.from(bytes)), name).toBe(0);
    }
  });

  it("movescu: a destination that is not known", async () => {
    const outcome = await run("movescu", "-S", "-v", "-aem", "NOBODY", ...inStudy);
    expect(outcome.output).toMatch(/MoveDestinationUnknown/);
  });

  it("getscu: every object in its syntax, verbatim, and what the association has no context for told as failed", async () => {
    await fill();
    const outcome = await run("getscu", "-S", "-v", "+B", "-od", "out", ...inStudy);
    const files = await written();
    const explicit = objects.filter(({ transferSyntaxUid }) => transferSyntaxUid === uids.explicit);
    // getscu proposes explicit and implicit in one context of each class; one is chosen, and one object is in the other.
    expect([...files.keys()].sort()).toEqual(explicit.map(({ sopInstanceUid }) => sopInstanceUid).sort());
    for (const { name, sopInstanceUid, bytes } of explicit) {
      expect(Buffer.compare(Buffer.from(files.get(sopInstanceUid) ?? []), Buffer.from(bytes)), name).toBe(0);
    }
    // It does not read the list of failed UIDs that PS3.4 section C.4.3.1.4 asks for, and stumbles over it after its report.
    expect(outcome.output).toMatch(/Number of Failed Suboperations\s*: 1/);
  });
});
