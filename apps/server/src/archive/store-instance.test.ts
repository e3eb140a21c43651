import { buffer } from "node:stream/consumers";
import { dataSetOf, type KeywordRecord, textOf, writePart10 } from "@etalon/dicom";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Incoming, StoreOutcome } from "./archive.ts";
import { createArchive } from "./create-archive.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { ctImageStorage, explicitLittleEndian, inPieces, smallInstance } from "./testing/small-instance.ts";

const study = { studyInstanceUid: "1.2.826.0.2.1" };
const preambleAndPrefix = 132;

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
}, 60_000);
afterEach(() => opened.empty());
afterAll(() => opened.close());

function store(bytes: Uint8Array, said: { readonly expectedStudyInstanceUid?: string } = {}): Promise<StoreOutcome> {
  return opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(bytes), ...said });
}

/** What C-STORE sends of a file: what stands after group 0002, whose length its first element says (PS3.10 7.1). */
function asDataSet(file: Uint8Array, said: Partial<Extract<Incoming, { form: "data-set" }>> = {}): Incoming {
  const groupLength = new DataView(file.buffer, file.byteOffset).getUint32(preambleAndPrefix + 8, true);
  return {
    form: "data-set",
    bytes: inPieces(file.subarray(preambleAndPrefix + 12 + groupLength)),
    transferSyntaxUid: explicitLittleEndian,
    sopClassUid: ctImageStorage,
    sopInstanceUid: "1.2.826.0.1.1",
    ...said,
  };
}

async function blobCount(): Promise<number> {
  let count = 0;
  for await (const _ of opened.store.list()) count += 1;
  return count;
}

async function storedBytes(selector: Parameters<TestArchive["archive"]["instances"]>[1]): Promise<Uint8Array> {
  const [instance] = await opened.archive.instances(opened.scope, selector);
  if (instance === undefined) throw new Error("not stored");
  return new Uint8Array(await buffer(await opened.archive.open(opened.scope, instance)));
}

function studyRow() {
  return opened.database.kysely.selectFrom("study").selectAll().executeTakeFirstOrThrow();
}

describe("one object", () => {
  it("is stored once, however often it comes", async () => {
    const file = smallInstance(1);
    expect(await store(file)).toMatchObject({ kind: "stored", sopInstanceUid: "1.2.826.0.1.1" });
    expect(await store(file)).toMatchObject({ kind: "identical" });
    expect(await storedBytes(study)).toEqual(file);
    expect(await blobCount()).toBe(1);
  });

  it("is one, by STOW and by C-STORE, in either order", async () => {
    const file = smallInstance(1);
    const stow = await store(file);
    const cStore = await opened.archive.store(opened.scope, asDataSet(file));
    expect(cStore).toEqual({ ...stow, kind: "identical" });
    expect(await storedBytes(study)).toEqual(file);
    expect(await blobCount()).toBe(1);

    await opened.empty();
    expect(await opened.archive.store(opened.scope, asDataSet(file))).toMatchObject({ kind: "stored" });
    expect(await store(file)).toEqual({ ...stow, kind: "identical" });
    expect(await blobCount()).toBe(1);
  });

  it("as C-STORE sends it becomes a file of the very data set", async () => {
    const file = smallInstance(1);
    await opened.archive.store(opened.scope, asDataSet(file, { callingAeTitle: "MODALITY1" }));
    // writePart10 and the archive put the same group 0002 before it, so the file comes out the same.
    expect(await storedBytes(study)).toEqual(file);
    const row = await opened.database.kysely.selectFrom("instance").select("received_from").executeTakeFirst();
    expect(row?.received_from).toBe("MODALITY1");
  });

  it("sent twenty times at once, by both ways, is stored once", async () => {
    const file = smallInstance(1);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? store(file) : opened.archive.store(opened.scope, asDataSet(file)),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === "stored")).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === "identical")).toHaveLength(19);
    expect(await studyRow()).toMatchObject({ series_count: 1, instance_count: 1, has_versions: false });
    expect(await blobCount()).toBe(1);
  });

  it("that is acknowledged again has its bytes, also where the store had lost them", async () => {
    const file = smallInstance(1);
    await store(file);
    for await (const { sha256 } of opened.store.list()) await opened.store.remove(sha256);
    expect(await store(file)).toMatchObject({ kind: "identical" });
    expect(await storedBytes(study)).toEqual(file);
  });
});

describe("another data set under the same UID", () => {
  it("is a new version: both are kept, the later is current, the study is flagged", async () => {
    const [first, second] = [smallInstance(1), smallInstance(1, { PatientName: "Doe^Janet" })];
    const { dataSetSha256: firstHash } = await storedOf(first);
    const outcome = await storedOf(second);
    expect(outcome.kind).toBe("new-version");
    expect(await storedBytes(study)).toEqual(second);
    expect(await storedBytes({ ...study, dataSetSha256: firstHash })).toEqual(first);
    const [current] = await opened.archive.instances(opened.scope, study);
    expect(current).toMatchObject({ version: 2, isCurrent: true, dataSetSha256: outcome.dataSetSha256 });
    // What was sent anew may have been sent to correct the name.
    expect(await studyRow()).toMatchObject({ instance_count: 1, has_versions: true, patient_name: "Doe^Janet" });
    expect(await storedOf(first)).toMatchObject({ kind: "identical" });
  });

  it("is listed with the others, the latest first; what has one data set is not", async () => {
    await store(smallInstance(1));
    await store(smallInstance(1, { PatientName: "Doe^Janet" }));
    await store(smallInstance(2));
    const versions = await opened.archive.versions(opened.scope, study);
    const [current] = await opened.archive.instances(opened.scope, { ...study, sopInstanceUid: "1.2.826.0.1.1" });
    expect(versions.map(({ sopInstanceUid, version, isCurrent }) => [sopInstanceUid, version, isCurrent])).toEqual([
      ["1.2.826.0.1.1", 2, true],
      ["1.2.826.0.1.1", 1, false],
    ]);
    expect(versions[0]?.dataSetSha256).toBe(current?.dataSetSha256);
    expect(await opened.archive.versions(opened.scope, { ...study, sopInstanceUid: "1.2.826.0.1.2" })).toEqual([]);
  });

  it("in another study leaves the first study what it has, and flags both", async () => {
    await store(smallInstance(1));
    const moved = smallInstance(1, { StudyInstanceUID: "1.2.826.0.2.9" });
    expect(await store(moved)).toMatchObject({ kind: "new-version" });
    expect(await opened.archive.instances(opened.scope, study)).toHaveLength(1);
    const studies = await opened.database.kysely.selectFrom("study").selectAll().execute();
    expect(studies.map((row) => [row.instance_count, row.has_versions])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  async function storedOf(file: Uint8Array) {
    const outcome = await store(file);
    if (outcome.kind === "refused") throw new Error(outcome.message);
    return outcome;
  }
});

describe("the index", () => {
  it("counts, lists and folds", async () => {
    const names = {
      SpecificCharacterSet: "ISO_IR 192",
      PatientName: { Alphabetic: "Lefèvre^Jean-Noël", Ideographic: "山田^太郎" },
    };
    await store(smallInstance(1, names));
    await store(smallInstance(2, names));
    await store(smallInstance(3, { ...names, SeriesInstanceUID: "1.2.826.0.3.2", Modality: "SR" }));
    expect(await studyRow()).toMatchObject({
      patient_name: "Lefèvre^Jean-Noël=山田^太郎",
      patient_name_folded: "LEFEVRE JEAN-NOEL=山田 太郎",
      study_date: "20240229",
      modalities: ["CT", "SR"],
      sop_classes: [ctImageStorage],
      series_count: 2,
      instance_count: 3,
    });
  });

  it("keeps what a study said first, and takes from later objects what was missing", async () => {
    await store(smallInstance(1, { StudyDescription: undefined, PatientName: "First^Name" }));
    await store(smallInstance(2, { StudyDescription: "CT heart", PatientName: "Second^Name", PatientAge: "065Y" }));
    const row = await studyRow();
    expect(row).toMatchObject({ study_description: "CT heart", patient_name: "First^Name" });
    expect(row.attributes).toMatchObject({
      "00081030": { vr: "LO", Value: ["CT heart"] },
      "00100010": { vr: "PN", Value: [{ Alphabetic: "First^Name" }] },
      "00101010": { vr: "AS", Value: ["065Y"] },
    });
  });

  it("takes the values that break columns: NUL, a number beyond 32 bits, a very long text", async () => {
    const outcome = await store(
      smallInstance(1, {
        StudyDescription: "a\0b",
        InstanceNumber: "999999999999",
        PatientID: "x".repeat(9000),
        "00101010": { vr: "AS", Value: ["\0\0"] },
      }),
    );
    expect(outcome).toMatchObject({ kind: "stored" });
    expect((await studyRow()).patient_id).toHaveLength(512);
    const row = await opened.database.kysely.selectFrom("instance").select("instance_number").executeTakeFirst();
    expect(row?.instance_number).toBeNull();
  });

  it("prepares metadata in UTF-8, with large values as references", async () => {
    const file = smallInstance(1, {
      SpecificCharacterSet: "ISO_IR 100",
      PatientName: "Müller",
      "00290010": { vr: "LO", Value: ["ETALON TEST"] },
      "00291001": { vr: "OB", bytes: new Uint8Array(2000).fill(5) },
      "00291002": { vr: "OB", bytes: new Uint8Array(20).fill(6) },
    });
    await store(file);
    const [metadata] = await opened.archive.metadata(opened.scope, study);
    if (metadata === undefined) throw new Error("no metadata");
    expect(textOf(metadata, "00080005")).toBe("ISO_IR 192");
    expect(metadata["00100010"]?.Value).toEqual([{ Alphabetic: "Müller" }]);
    expect(metadata["00291002"]?.bytes).toEqual(new Uint8Array(20).fill(6));
    const bulk = metadata["00291001"]?.bulk;
    expect(bulk?.length).toBe(2000);
    expect(file.subarray(bulk?.offset, (bulk?.offset ?? 0) + 2000)).toEqual(new Uint8Array(2000).fill(5));
    expect(metadata["7FE00010"]?.bulk?.length).toBe(32);
  });
});

describe("what is refused, by name, leaves nothing behind", () => {
  const uids: readonly (readonly [string, KeywordRecord, string, number])[] = [
    ["no SOP Instance UID", { SOPInstanceUID: "" }, "missing-attribute", 0xc000],
    ["no Study Instance UID", { StudyInstanceUID: undefined }, "missing-attribute", 0xc000],
    ["no Series Instance UID", { SeriesInstanceUID: undefined }, "missing-attribute", 0xc000],
    ["a path for a UID", { StudyInstanceUID: "../../etc/passwd" }, "uid-malformed", 0xc000],
    ["points for a UID", { SeriesInstanceUID: ".." }, "uid-malformed", 0xc000],
    ["a UID of 65 characters", { SeriesInstanceUID: `1.${"2".repeat(63)}` }, "uid-malformed", 0xc000],
    ["two UIDs in one", { SeriesInstanceUID: ["1.2", "1.3"] }, "uid-malformed", 0xc000],
    ["a directory record", { DirectoryRecordSequence: [{ PatientID: "x" }] }, "media-directory", 0x0122],
  ];
  it.each(uids)("%s", async (...[, said, errorCode, failureReason]) => {
    const record = { ...said, SOPInstanceUID: said["SOPInstanceUID"] ?? "1.2.826.0.1.1" };
    expect(await store(withUids(record))).toMatchObject({ kind: "refused", errorCode, failureReason });
    expect(await blobCount()).toBe(0);
  });

  /** A file whose group 0002 names a UID, whatever its data set says. */
  function withUids(said: KeywordRecord): Uint8Array {
    const meta = writePart10(dataSetOf({ SOPClassUID: ctImageStorage, SOPInstanceUID: "1.2" }), {
      transferSyntaxUid: explicitLittleEndian,
    });
    const groupLength = new DataView(meta.buffer, meta.byteOffset).getUint32(preambleAndPrefix + 8, true);
    const body = smallInstance(1, { ...said, ...(said["SOPInstanceUID"] === "" ? { SOPInstanceUID: "1.2" } : {}) });
    const bodyLength = new DataView(body.buffer, body.byteOffset).getUint32(preambleAndPrefix + 8, true);
    const dataSet = body.slice(preambleAndPrefix + 12 + bodyLength);
    // (0008,0018) is written over with a tag of the same group that nobody asks for.
    if (said["SOPInstanceUID"] === "")
      dataSet[dataSet.findIndex((byte, at) => byte === 0x18 && dataSet[at - 2] === 8)] = 0x19;
    return Buffer.concat([meta.subarray(0, preambleAndPrefix + 12 + groupLength), dataSet]);
  }

  it("bytes that are no DICOM, and none at all", async () => {
    for (const bytes of [new TextEncoder().encode("<html>".repeat(100)), new Uint8Array(0), new Uint8Array(300)]) {
      expect(await store(bytes)).toMatchObject({ kind: "refused", errorCode: "not-dicom", failureReason: 0xc000 });
    }
    expect(await blobCount()).toBe(0);
  });

  it("a file cut inside its last element, header and value, or in group 0002", async () => {
    const file = smallInstance(1);
    const pixelDataBytes = 12 + 32;
    const cuts = Array.from({ length: pixelDataBytes - 1 }, (_, index) => file.length - 1 - index);
    for (const length of [...cuts, 140, 150, 200]) {
      const outcome = await store(file.subarray(0, length));
      expect(outcome).toMatchObject({ kind: "refused", errorCode: "dicom-truncated", failureReason: 0xc000 });
    }
    expect(await blobCount()).toBe(0);
    expect(await opened.archive.instances(opened.scope, study)).toEqual([]);
  });

  it("an object that is not what was announced", async () => {
    const file = smallInstance(1);
    const other = await opened.archive.store(opened.scope, asDataSet(file, { sopInstanceUid: "1.2.3" }));
    expect(other).toMatchObject({ kind: "refused", errorCode: "uid-mismatch", failureReason: 0xa900 });
    expect(await store(file, { expectedStudyInstanceUid: "1.2.3" })).toMatchObject({
      kind: "refused",
      errorCode: "uid-mismatch",
      sopInstanceUid: "1.2.826.0.1.1",
    });
    expect(await blobCount()).toBe(0);
  });

  it("a sender that breaks off: its own error comes out", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield smallInstance(1);
      throw new RangeError("connection reset");
    }
    await expect(opened.archive.store(opened.scope, { form: "part10", bytes: broken() })).rejects.toThrow(RangeError);
    expect(await blobCount()).toBe(0);
  });

  it("reads a refused object to its end, for the next one on the connection", async () => {
    let isReadToEnd = false;
    async function* long(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 10; piece += 1) yield new Uint8Array(100_000).fill(0x41);
      isReadToEnd = true;
    }
    await opened.archive.store(opened.scope, { form: "part10", bytes: long() });
    expect(isReadToEnd).toBe(true);
  });
});

describe("sites", () => {
  it("see nothing of each other, and share the bytes", async () => {
    const { kysely } = opened.database;
    const other = await kysely.insertInto("site").values({ name: "other" }).returning("id").executeTakeFirstOrThrow();
    const elsewhere = { ...opened.scope, siteId: other.id };
    const file = smallInstance(1);
    await store(file);
    const [instance] = await opened.archive.instances(opened.scope, study);
    if (instance === undefined) throw new Error("not stored");
    expect(await opened.archive.instances(elsewhere, study)).toEqual([]);
    expect(await opened.archive.metadata(elsewhere, study)).toEqual([]);
    await expect(opened.archive.open(elsewhere, instance)).rejects.toMatchObject({ code: "instance-not-found" });
    await expect(opened.archive.frame(elsewhere, instance, 1)).rejects.toMatchObject({ code: "instance-not-found" });
    expect(await opened.archive.remove(elsewhere, study)).toBe(0);

    const bytes = inPieces(file);
    expect(await opened.archive.store(elsewhere, { form: "part10", bytes })).toMatchObject({ kind: "stored" });
    expect(await blobCount()).toBe(1);
    expect(await opened.archive.remove(opened.scope, study)).toBe(1);
    expect(await opened.archive.instances(elsewhere, study)).toHaveLength(1);
    expect(await blobCount()).toBe(1);
    expect(await opened.archive.remove(elsewhere, study)).toBe(1);
    expect(await blobCount()).toBe(0);
  });
});

describe("a UID that is none", () => {
  it.each(["1.2.3\0", "../..", "'; drop table study; --", ""])("%j finds and removes nothing", async (uid) => {
    await store(smallInstance(1));
    for (const selector of [{ studyInstanceUid: uid }, { ...study, sopInstanceUid: uid }]) {
      expect(await opened.archive.instances(opened.scope, selector)).toEqual([]);
      expect(await opened.archive.metadata(opened.scope, selector)).toEqual([]);
      expect(await opened.archive.remove(opened.scope, selector)).toBe(0);
    }
    expect(await opened.archive.instances(opened.scope, study)).toHaveLength(1);
  });
});

describe("removal", () => {
  it("takes rows, counts and bytes; what is left is counted anew", async () => {
    await store(smallInstance(1));
    await store(smallInstance(2));
    await store(smallInstance(3, { SeriesInstanceUID: "1.2.826.0.3.2", Modality: "SR" }));
    expect(await opened.archive.remove(opened.scope, { ...study, seriesInstanceUid: "1.2.826.0.3.2" })).toBe(1);
    expect(await studyRow()).toMatchObject({ series_count: 1, instance_count: 2, modalities: ["CT"] });
    expect(await blobCount()).toBe(2);
    expect(await opened.archive.remove(opened.scope, study)).toBe(2);
    expect(await opened.database.kysely.selectFrom("study").selectAll().execute()).toEqual([]);
    expect(await blobCount()).toBe(0);
  });

  it("of the current version brings the one before back", async () => {
    await store(smallInstance(1));
    const latest = await store(smallInstance(1, { PatientName: "Doe^Janet" }));
    if (latest.kind === "refused") throw new Error(latest.message);
    const { dataSetSha256 } = latest;
    expect(await opened.archive.remove(opened.scope, { ...study, dataSetSha256 })).toBe(1);
    const [current] = await opened.archive.instances(opened.scope, study);
    expect(current).toMatchObject({ version: 1, isCurrent: true });
    expect(await studyRow()).toMatchObject({ instance_count: 1, has_versions: false });
  });

  it("waits for the retention rule", async () => {
    const { kysely } = opened.database;
    const until = new Date("2044-01-01T00:00:00Z");
    const parts = { database: kysely, store: opened.store, retention: async () => until };
    await store(smallInstance(1));
    const before = createArchive({ ...parts, clock: () => new Date("2043-12-31T00:00:00Z") });
    await expect(before.remove(opened.scope, study)).rejects.toMatchObject({ code: "retained" });
    expect(await opened.archive.instances(opened.scope, study)).toHaveLength(1);
    const after = createArchive({ ...parts, clock: () => new Date("2044-01-02T00:00:00Z") });
    expect(await after.remove(opened.scope, study)).toBe(1);
  });
});
