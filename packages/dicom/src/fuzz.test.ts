import { readFileSync } from "node:fs";
import { DicomError } from "@etalon/base";
import { sharedDataPath } from "@etalon/testing";
import fc from "fast-check";
import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { dataSetOf } from "./data-set-of.ts";
import { readInstanceHeader } from "./instance-header.ts";
import { readPart10 } from "./read-part10.ts";
import { writePart10 } from "./write-part10.ts";

/** Fixed, so that every run of the checks sees the same damage. */
const seed = 20_261_122;

/** One file may take this long, far above what it needs: only a hang or a quadratic loop reaches it. */
const longestMs = 2000;

const written = dataSetOf({
  SpecificCharacterSet: ["", "ISO 2022 IR 87"],
  SOPClassUID: "1.2.840.10008.5.1.4.1.1.2.1",
  SOPInstanceUID: "1.2.3",
  PatientName: "Doe^Jane",
  ReferencedImageSequence: [{ ReferencedSOPInstanceUID: "1.2.4" }, { ReferencedSOPInstanceUID: "1.2.5" }],
  SharedFunctionalGroupsSequence: [{ PixelMeasuresSequence: [{ PixelSpacing: [0.5, 0.5] }] }],
  PerFrameFunctionalGroupsSequence: [{ PlanePositionSequence: [{ ImagePositionPatient: [0, 0, 1.5] }] }],
  NumberOfFrames: 1,
  Rows: 4,
  Columns: 4,
  BitsAllocated: 16,
  "00291010": { vr: "UN", bytes: new Uint8Array(64) },
  PixelData: new Uint8Array(32),
});

const explicit = writePart10(written, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
const implicit = writePart10(written, { transferSyntaxUid: "1.2.840.10008.1.2" });

/** The explicit file with its data set deflated; the two extra digits of the UID lie in the last meta elements. */
function deflated(): Uint8Array {
  const head = Array.from(implicit.subarray(0, 132));
  const uid = Array.from("1.2.840.10008.1.2.1.99", (character) => character.charCodeAt(0));
  const syntax = [2, 0, 16, 0, 0x55, 0x49, uid.length, 0, ...uid];
  return Uint8Array.from([...head, ...syntax, ...deflateSync(explicit.subarray(132))]);
}

const realFiles = [
  "7-conformance/pydicom-testfiles/nested_priv_SQ.dcm",
  "7-conformance/pydicom-testfiles/ExplVR_BigEndNoMeta.dcm",
  "7-conformance/pydicom-charsets/charset_files/chrH32.dcm",
  "7-conformance/pydicom-testfiles/rtplan.dcm",
].flatMap((relative) => sharedDataPath(relative) ?? []);

const validFiles: readonly Uint8Array[] = [
  explicit,
  implicit,
  deflated(),
  ...realFiles.map((path) => new Uint8Array(readFileSync(path))),
];

type Mutation = (bytes: Uint8Array) => Uint8Array;

/** Lengths and tags that parsers trip over. */
const words = fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0xfffee000, 0xfffee00d, 0xfffee0dd);
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

function at(bytes: Uint8Array, fraction: number): number {
  return Math.floor(fraction * bytes.length);
}

function spliced(bytes: Uint8Array, start: number, change: { removed: number; inserted: Uint8Array }): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, start), ...change.inserted, ...bytes.subarray(start + change.removed)]);
}

const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(
    ([where, byte]): Mutation =>
      (bytes) =>
        spliced(bytes, at(bytes, where), { removed: 1, inserted: Uint8Array.of(byte) }),
  ),
  fc.tuple(place, fc.nat(40)).map(
    ([where, removed]): Mutation =>
      (bytes) =>
        spliced(bytes, at(bytes, where), { removed, inserted: new Uint8Array(0) }),
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 40 })).map(
    ([where, inserted]): Mutation =>
      (bytes) =>
        spliced(bytes, at(bytes, where), { removed: 0, inserted }),
  ),
  place.map(
    (where): Mutation =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
  fc.tuple(place, words, fc.boolean()).map(
    ([where, word, isLittle]): Mutation =>
      (bytes) => {
        const inserted = new Uint8Array(4);
        new DataView(inserted.buffer).setUint32(0, word, isLittle);
        return spliced(bytes, at(bytes, where), { removed: 4, inserted });
      },
  ),
  fc.tuple(place, place, fc.nat(200)).map(
    ([from, to, length]): Mutation =>
      (bytes) => {
        const inserted = bytes.slice(at(bytes, from), at(bytes, from) + length);
        return spliced(bytes, at(bytes, to), { removed: 0, inserted });
      },
  ),
);

async function readOrRefuse(bytes: Uint8Array): Promise<"read" | "refused"> {
  try {
    for (const until of ["pixel-data", "end"] as const) {
      readInstanceHeader(await readPart10(bytesSource("fuzzed", bytes), { until }), "fuzzed");
    }
    return "read";
  } catch (thrown) {
    if (!(thrown instanceof DicomError)) throw thrown;
    expect(thrown.message).toContain("fuzzed");
    return "refused";
  }
}

describe("readPart10 on damaged files", () => {
  it("reads the undamaged ones (so that what follows starts from valid files)", async () => {
    expect(validFiles.length).toBeGreaterThanOrEqual(3);
    for (const file of validFiles.slice(0, 3)) expect(await readOrRefuse(file)).toBe("read");
  });

  it("reads or refuses with a typed error, in bounded time", async () => {
    const outcomes = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...validFiles),
        fc.array(mutations, { minLength: 1, maxLength: 6 }),
        async (file, steps) => {
          const start = performance.now();
          outcomes[await readOrRefuse(steps.reduce((bytes, step) => step(bytes), file))] += 1;
          expect(performance.now() - start).toBeLessThan(longestMs);
        },
      ),
      { numRuns: 3000, seed },
    );
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(100);
  });

  it("reads or refuses bytes that only start like DICOM", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom([8, 0], [0, 8], [2, 0]),
        async (rest, group) => {
          const bytes = Uint8Array.from([...group, ...rest]);
          expect(["read", "refused"]).toContain(await readOrRefuse(bytes));
        },
      ),
      { numRuns: 1000, seed },
    );
  });

  it("never asks the source for more than the file has, whatever its length fields say", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...validFiles),
        fc.array(mutations, { minLength: 1, maxLength: 6 }),
        async (file, steps) => {
          const bytes = steps.reduce((damaged, step) => step(damaged), file);
          const inMemory = bytesSource("fuzzed", bytes);
          const source = {
            ...inMemory,
            read: (offset: number, length: number) => {
              expect(length).toBeLessThanOrEqual(Math.max(64 * 1024, bytes.length));
              return inMemory.read(offset, length);
            },
          };
          await readPart10(source, { until: "end" }).catch((thrown: unknown) =>
            expect(thrown).toBeInstanceOf(DicomError),
          );
        },
      ),
      { numRuns: 500, seed },
    );
  });
});
