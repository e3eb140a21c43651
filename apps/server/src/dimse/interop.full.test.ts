import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ByteSource,
  bytesSource,
  createCodecSet,
  type DataSet,
  decodeFrame,
  itemsOf,
  readInstanceHeader,
  readPart10,
  textOf,
} from "@etalon/dicom";
import {
  describeWithPeer,
  describeWithSharedData,
  hasProgram,
  type ProgramOutcome,
  type RunningPeer,
  runProgram,
  startPeer,
} from "@etalon/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { multipartBody, multipartType } from "../dicomweb/testing/multipart-body.ts";
import { type DimseObject, dimseObjects, testSeries, testStudies } from "./testing/dimse-objects.ts";
import { dataSetBytes, peerPlace, type RunningArchive, startArchive, storedFile } from "./testing/running-archive.ts";

const programs = ["echoscu", "storescu", "findscu", "movescu", "getscu", "storescp"] as const;
const dcmtk = { name: "dcmtk", isPresent: programs.every((program) => hasProgram(program)) };
const whole = { until: "end" } as const;
const implicit = "1.2.840.10008.1.2";

describeWithPeer("DCMTK and the server", dcmtk, () => {
  let folder: string;
  let archive: RunningArchive;
  let sink: RunningPeer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-dimse-"));
    for (const name of ["in", "moved", "out"]) mkdirSync(join(folder, name));
    const accept = (port: number): readonly string[] => ["-aet", "SINK", "+xa", "-od", "moved", "+B", String(port)];
    sink = await startPeer("storescp", accept, peerPlace(folder));
    archive = await startArchive({ ETALON_DIMSE_NODES: `SINK=127.0.0.1:${sink.port},GONE=127.0.0.1:1` });
    for (const { name, file, transferSyntaxUid } of dimseObjects) {
      writeFileSync(join(folder, "in", `${name}.dcm`), file);
      // storescu converts implicit to explicit objects unless it may propose nothing else.
      const propose = transferSyntaxUid === implicit ? "-xi" : "-xe";
      expect(await run("storescu", propose, join("in", `${name}.dcm`))).toMatchObject({ exitCode: 0 });
    }
  });
  afterAll(async () => {
    await sink?.stop();
    await archive?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const emptied = (name: string): void => {
    for (const path of readdirSync(join(folder, name))) rmSync(join(folder, name, path));
  };
  beforeEach(() => {
    emptied("moved");
    emptied("out");
  });

  /** A requestor of DCMTK; options may stand behind host and port. */
  function run(program: (typeof programs)[number], ...args: readonly string[]): Promise<ProgramOutcome> {
    const called = args.includes("-aec") ? [] : ["-aec", "ETALON"];
    const options = args.filter((one) => !one.startsWith("in/"));
    const files = args.filter((one) => one.startsWith("in/"));
    const place = ["127.0.0.1", String(archive.dimsePort)];
    return runProgram(program, [...options, ...called, ...place, ...files], peerPlace(folder));
  }

  async function find(...keys: readonly string[]): Promise<readonly DataSet[]> {
    emptied("out");
    const isOption = (one: string): boolean => /^-[PSW]$/.test(one);
    const options = [...keys.filter(isOption), ...keys.filter((key) => !isOption(key)).flatMap((key) => ["-k", key])];
    const outcome = await run("findscu", "-v", "-X", "-od", "out", ...options);
    expect(outcome.output).not.toMatch(/Failed|Refused|Error/);
    expect(outcome.exitCode).toBe(0);
    return filesIn("out");
  }

  async function filesIn(name: string): Promise<readonly DataSet[]> {
    const read = async (path: string): Promise<DataSet> =>
      (await readPart10(sourceOf(join(name, path)), whole)).dataSet;
    return Promise.all(readdirSync(join(folder, name)).sort().map(read));
  }

  /** Data sets of files as they lie there, by SOP Instance UID. */
  async function bytesIn(name: string): Promise<ReadonlyMap<string, Buffer>> {
    const entries = readdirSync(join(folder, name)).map(async (path): Promise<readonly [string, Buffer]> => {
      const { dataSet, dataSetOffset } = await readPart10(sourceOf(join(name, path)), whole);
      return [textOf(dataSet, "00080018") ?? "", readFileSync(join(folder, name, path)).subarray(dataSetOffset)];
    });
    return new Map(await Promise.all(entries));
  }

  const sourceOf = (path: string): ByteSource => bytesSource(path, new Uint8Array(readFileSync(join(folder, path))));
  const ids = (matches: readonly DataSet[], tag: string): readonly string[] =>
    matches.map((match) => textOf(match, tag) ?? "").sort();
  const nameOf = (match: DataSet | undefined): unknown => match?.["00100010"]?.Value?.[0];
  const expectBytes = (found: ReadonlyMap<string, Buffer>, objects: readonly DimseObject[]): void => {
    expect([...found.keys()].sort()).toEqual(objects.map(({ sopInstanceUid }) => sopInstanceUid).sort());
    for (const one of objects) expect(found.get(one.sopInstanceUid)?.equals(one.dataSet), one.name).toBe(true);
  };
  const inStudy = (study: string): readonly DimseObject[] => dimseObjects.filter((one) => one.study === study);

  it("echoscu", async () => {
    expect(await run("echoscu", "--repeat", "3")).toMatchObject({ exitCode: 0 });
  });

  it("refuses who calls another archive", async () => {
    const { exitCode, output } = await run("echoscu", "-aec", "OTHER");
    expect(exitCode).not.toBe(0);
    expect(output).toContain("Called AE Title Not Recognized");
  });

  it("storescu: what was sent is what is kept, private elements and names too", async () => {
    for (const one of dimseObjects) {
      const stored = await storedFile(archive, one);
      expect(Buffer.from(await dataSetBytes(stored)).equals(one.dataSet), one.name).toBe(true);
    }
  });

  it("storescu: several at once, sent again and by STOW too: each stays one instance in one version", async () => {
    const paths = dimseObjects.flatMap(({ name, transferSyntaxUid }) =>
      transferSyntaxUid === implicit ? [] : [`in/${name}.dcm`],
    );
    expect(await run("storescu", "-R", "+C", ...paths)).toMatchObject({ exitCode: 0 });
    const parts = dimseObjects.map(({ file }) => ({ bytes: file }));
    const body = new Uint8Array(multipartBody(parts));
    const headers = { "content-type": multipartType };
    expect((await fetch(`${archive.url}/dicom-web/studies`, { method: "POST", headers, body })).status).toBe(200);
    const answer = await fetch(`${archive.url}/dicom-web/instances`);
    expect(await answer.json()).toHaveLength(dimseObjects.length);
  });

  it("findscu: patients, each once, with what the archive has of them", async () => {
    const found = await find(
      "-P",
      "QueryRetrieveLevel=PATIENT",
      "PatientID",
      "PatientName",
      "NumberOfPatientRelatedStudies",
    );
    expect(ids(found, "00100020")).toEqual(["P1", "P2"]);
    expect(found.map((match) => textOf(match, "00201200"))).toEqual(["2", "1"]);
    expect(found.map(nameOf)).toEqual([
      { Alphabetic: "Müller^Zoë" },
      { Alphabetic: "Wang^XiaoDong", Ideographic: "王^小东" },
    ]);
    expect(await find("-P", "QueryRetrieveLevel=PATIENT", "PatientID=P?", "PatientName=WANG*")).toHaveLength(1);
  });

  it("findscu: studies, by a range, a wildcard, a list of UIDs and a modality", async () => {
    const studies = async (...keys: readonly string[]): Promise<readonly string[]> => {
      const asked = keys.some((key) => key.startsWith("StudyInstanceUID")) ? [] : ["StudyInstanceUID"];
      return ids(await find("-S", "QueryRetrieveLevel=STUDY", ...asked, ...keys), "0020000D");
    };
    const { scan, followUp, chinese } = testStudies;
    expect(await studies()).toEqual([scan, followUp, chinese]);
    expect(await studies("StudyDate=20240229-20240301")).toEqual([scan, chinese]);
    expect(await studies("StudyDate=20250101-")).toEqual([followUp]);
    expect(await studies("StudyTime=1700-1800")).toEqual([followUp]);
    expect(await studies("StudyDescription=Scanner*")).toEqual([scan]);
    expect(await studies("StudyDescription=SCANNER*")).toEqual([]);
    expect(await studies(`StudyInstanceUID=${scan}\\${chinese}`)).toEqual([scan, chinese]);
    expect(await studies("ModalitiesInStudy=MR")).toEqual([scan]);
    expect(await studies("AccessionNumber=ACC1")).toEqual([scan]);
    expect(await studies("PatientName=mueller*")).toEqual([]);
    expect(await studies("PatientName=muller*")).toEqual([scan, followUp]);
  });

  it("findscu: names in the character set that was asked in, Unicode otherwise", async () => {
    const [first] = await find(
      "-S",
      "QueryRetrieveLevel=STUDY",
      `StudyInstanceUID=${testStudies.scan}`,
      "SpecificCharacterSet=ISO_IR 100",
      "PatientName",
    );
    expect(textOf(first ?? {}, "00080005")).toBe("ISO_IR 100");
    expect(nameOf(first)).toEqual({ Alphabetic: "Müller^Zoë" });
    const [other] = await find(
      "-S",
      "QueryRetrieveLevel=STUDY",
      `StudyInstanceUID=${testStudies.chinese}`,
      "SpecificCharacterSet=ISO_IR 100",
      "PatientName",
    );
    expect(textOf(other ?? {}, "00080005")).toBe("ISO_IR 192");
    expect(nameOf(other)).toEqual({ Alphabetic: "Wang^XiaoDong", Ideographic: "王^小东" });
    const asked = await find(
      "-S",
      "QueryRetrieveLevel=STUDY",
      "SpecificCharacterSet=ISO_IR 192",
      "PatientName=*王*",
      "StudyInstanceUID",
    );
    expect(ids(asked, "0020000D")).toEqual([testStudies.chinese]);
  });

  it("findscu: series, by an attribute of a sequence's item", async () => {
    const series = [
      "-S",
      "QueryRetrieveLevel=SERIES",
      `StudyInstanceUID=${testStudies.scan}`,
      "SeriesInstanceUID",
    ] as const;
    expect(ids(await find(...series, "Modality"), "0020000E")).toEqual([testSeries.scan, testSeries.reference]);
    const step = "RequestAttributesSequence[0].ScheduledProcedureStepID";
    const found = await find(...series, `${step}=SPS2`);
    expect(ids(found, "0020000E")).toEqual([testSeries.reference]);
    expect(itemsOf(found[0] ?? {}, "00400275").map((item) => textOf(item, "00400009"))).toEqual(["SPS2"]);
    const whole = await find(...series, "RequestAttributesSequence");
    expect(whole.map((match) => textOf(itemsOf(match, "00400275")[0] ?? {}, "00401001"))).toEqual(["RP1", "RP1"]);
  });

  it("findscu: images, and what stands in every answer", async () => {
    const keys = [`StudyInstanceUID=${testStudies.scan}`, `SeriesInstanceUID=${testSeries.scan}`];
    const found = await find(
      "-P",
      "QueryRetrieveLevel=IMAGE",
      "PatientID=P1",
      ...keys,
      "SOPInstanceUID",
      "InstanceNumber=2",
      "Rows",
      "SeriesDescription",
    );
    expect(found).toEqual([
      {
        "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
        "00080018": { vr: "UI", Value: [`${testSeries.scan}.2`] },
        "00080052": { vr: "CS", Value: ["IMAGE"] },
        "00080054": { vr: "AE", Value: ["ETALON"] },
        "00080056": { vr: "CS", Value: ["ONLINE"] },
        "0008103E": { vr: "LO" },
        "00100020": { vr: "LO", Value: ["P1"] },
        "0020000D": { vr: "UI", Value: [testStudies.scan] },
        "0020000E": { vr: "UI", Value: [testSeries.scan] },
        "00200013": { vr: "IS", Value: [2] },
        "00280010": { vr: "US", Value: [2] },
      },
    ]);
  });

  it.each([
    ["SERIES without a study", ["-S", "-k", "QueryRetrieveLevel=SERIES", "-k", "SeriesInstanceUID"]],
    ["STUDY without a patient", ["-P", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID"]],
    ["PATIENT in the study's model", ["-S", "-k", "QueryRetrieveLevel=PATIENT", "-k", "PatientID"]],
    ["a date that is none", ["-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyDate=yesterday"]],
  ])("findscu: %s is refused", async (_what, keys) => {
    const { output } = await run("findscu", "-v", ...keys);
    expect(output).toContain("DataSetDoesNotMatchSOPClass");
  });

  it("findscu --cancel: no answer follows, and the association lives", async () => {
    const outcome = await run(
      "findscu",
      "-v",
      "--cancel",
      "1",
      "-S",
      "--repeat",
      "2",
      "-k",
      "QueryRetrieveLevel=STUDY",
      "-k",
      "StudyInstanceUID",
    );
    expect(outcome).toMatchObject({ exitCode: 0 });
    expect(outcome.output).toMatch(/Cancel/i);
  });

  it("movescu: a study, a patient, a series and images, byte for byte", async () => {
    const move = async (level: string, ...keys: readonly string[]): Promise<ReadonlyMap<string, Buffer>> => {
      const options = [`QueryRetrieveLevel=${level}`, ...keys].flatMap((key) =>
        /^-[PS]$/.test(key) ? [key] : ["-k", key],
      );
      expect(await run("movescu", "-aem", "SINK", ...options)).toMatchObject({ exitCode: 0 });
      const moved = await bytesIn("moved");
      emptied("moved");
      return moved;
    };
    const { scan, followUp, chinese } = testStudies;
    expectBytes(await move("STUDY", "-S", `StudyInstanceUID=${scan}`), inStudy(scan));
    expectBytes(await move("STUDY", "-S", `StudyInstanceUID=${followUp}\\${chinese}`), [
      ...inStudy(followUp),
      ...inStudy(chinese),
    ]);
    expectBytes(await move("PATIENT", "-P", "PatientID=P1"), [...inStudy(scan), ...inStudy(followUp)]);
    expectBytes(await move("STUDY", "-P", "PatientID=P2", `StudyInstanceUID=${scan}`), []);
    const inSeries = [`StudyInstanceUID=${scan}`, `SeriesInstanceUID=${testSeries.scan}`];
    expectBytes(await move("SERIES", "-S", ...inSeries), dimseObjects.slice(0, 3));
    const two = [1, 3].map((number) => `${testSeries.scan}.${number}`).join("\\");
    expectBytes(
      await move("IMAGE", "-S", ...inSeries, `SOPInstanceUID=${two}`),
      dimseObjects.filter((_one, at) => at === 0 || at === 2),
    );
  });

  it("movescu: to nobody that is known, and to one who is not there", async () => {
    const keys = ["-S", "-k", "QueryRetrieveLevel=STUDY", "-k", `StudyInstanceUID=${testStudies.scan}`];
    const unknown = await run("movescu", "-v", "-aem", "NOBODY", ...keys);
    expect(unknown.output).toContain("MoveDestinationUnknown");
    const gone = await run("movescu", "-v", "-aem", "GONE", ...keys);
    expect(gone.output).toContain("OutOfResourcesSubOperations");
  });

  it("getscu: a series as it is stored", async () => {
    const keys = ["-k", "QueryRetrieveLevel=SERIES", "-k", `StudyInstanceUID=${testStudies.chinese}`];
    const asked = [...keys, "-k", `SeriesInstanceUID=${testSeries.chinese}`];
    expect(await run("getscu", "-S", "-od", "out", "+B", ...asked)).toMatchObject({ exitCode: 0 });
    expectBytes(await bytesIn("out"), inStudy(testStudies.chinese));
  });

  describeWithSharedData("compressed", "7-conformance/pydicom-testfiles", (files) => {
    it.each([
      ["-xw", "JPEG2000.dcm"],
      ["-xv", "MR_small_jp2klossless.dcm"],
      ["-xr", "MR_small_RLE.dcm"],
      ["-xt", "MR_small_jpeg_ls_lossless.dcm"],
      ["-xy", "SC_rgb_jpeg_dcmtk.dcm"],
      ["-xd", "image_dfl.dcm"],
      ["-xb", "MR_small_bigendian.dcm"],
    ])("storescu %s %s: kept in its transfer syntax, each element and the pixels", async (propose, name) => {
      const file = new Uint8Array(readFileSync(join(files, name)));
      writeFileSync(join(folder, "in", name), file);
      expect(await run("storescu", "-R", propose, `in/${name}`)).toMatchObject({ exitCode: 0 });
      const sent = await contentOf(file);
      const uid = (tag: string): string => textOf(sent.attributes, tag) ?? "";
      const uids = { study: uid("0020000D"), series: uid("0020000E"), sopInstanceUid: uid("00080018") };
      expect(await contentOf(await storedFile(archive, uids))).toEqual(sent);
    });
  });

  it("counts what it did", async () => {
    const metrics = await (await fetch(`${archive.url}/metrics`)).text();
    expect(metrics).toMatch(/etalon_dimse_associations_total\{result="accepted"\} \d+/);
    expect(metrics).toMatch(/etalon_dimse_stores_total\{status="0000"\} \d+/);
  });

  it("writes no name in its log", () => {
    const log = archive.server.output();
    expect(log).toContain("association accepted");
    expect(log).toContain("association refused");
    expect(log).not.toMatch(/M.ller|Wang|muller|yesterday/i);
  });
});

/** What a file says and shows: DCMTK writes elements anew, mends the VR of compressed pixels and drops padding. */
async function contentOf(file: Uint8Array): Promise<{
  readonly transferSyntaxUid: string;
  readonly attributes: DataSet;
  readonly pixels: unknown;
}> {
  const source = bytesSource("file", file);
  const part10 = await readPart10(source, whole);
  const header = readInstanceHeader(part10, "file");
  const { "7FE00010": _pixels, FFFCFFFC: _padding, ...attributes } = part10.dataSet;
  const { samples } = await decodeFrame(source, part10, { header, frameIndex: 0, codecs: createCodecSet() });
  return { transferSyntaxUid: part10.transferSyntaxUid, attributes, pixels: samples };
}

describeWithPeer("a caller allow list", dcmtk, () => {
  it("lets in those named, from where they are named", async () => {
    const archive = await startArchive({ ETALON_DIMSE_CALLERS: "CT1,PACS@10.0.0.5,WS@127.0.0.1" });
    try {
      const echo = async (aeTitle: string): Promise<number> => {
        const args = ["-aet", aeTitle, "-aec", "ETALON", "127.0.0.1", String(archive.dimsePort)];
        return (await runProgram("echoscu", args, peerPlace(tmpdir()))).exitCode;
      };
      expect([await echo("CT1"), await echo("WS")]).toEqual([0, 0]);
      expect(await echo("PACS")).not.toBe(0);
      expect(await echo("CT2")).not.toBe(0);
    } finally {
      await archive.stop();
    }
  });
});
