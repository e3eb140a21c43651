import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithPeer, hasProgram } from "@etalon/testing";
import { afterAll, describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { dataSetOf } from "./data-set-of.ts";
import { readPart10 } from "./read-part10.ts";
import { writePart10 } from "./write-part10.ts";

const dataSet = dataSetOf({
  SpecificCharacterSet: "ISO_IR 192",
  ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
  SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
  SOPInstanceUID: "1.2.826.0.1.3680043.8.498.1",
  StudyInstanceUID: "1.2.826.0.1.3680043.8.498.2",
  Modality: "CT",
  PatientName: "Étalon^Zoé",
  ReferencedImageSequence: [{ ReferencedSOPInstanceUID: "1.2.3" }, { ReferencedSOPInstanceUID: "1.2.3.4" }],
  SliceThickness: 2.5,
  PixelSpacing: [0.488, 0.488],
  SamplesPerPixel: 1,
  PhotometricInterpretation: "MONOCHROME2",
  Rows: 2,
  Columns: 3,
  BitsAllocated: 16,
  BitsStored: 16,
  HighBit: 15,
  PixelRepresentation: 1,
  PixelPaddingValue: -2000,
  PixelData: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
});
const syntaxes = ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"] as const;

/** The programs of DCMTK that are asked. */
const [dump, convert] = ["dcmdump", "dcmconv"] as const;
const isPresent = hasProgram(dump) && hasProgram(convert);

describeWithPeer("writePart10 and DCMTK", { name: "DCMTK", isPresent }, () => {
  const folder = mkdtempSync(join(tmpdir(), "etalon-dcmtk-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(syntaxes)("dcmdump reads what is written, without a warning (%s)", (transferSyntaxUid) => {
    const path = join(folder, "written.dcm");
    writeFileSync(path, writePart10(dataSet, { transferSyntaxUid }));
    const text = spawnSync(dump, ["+U8", path], { encoding: "utf8" });
    expect(text.status).toBe(0);
    expect(text.stderr).toBe("");
    expect(text.stdout).toContain("[Étalon^Zoé]");
    expect(text.stdout).toMatch(
      /\(0008,1140\) SQ .*2 SequenceDelimitationItem|\(0008,1140\) SQ .*ReferencedImageSequence/,
    );
    expect(text.stdout).toMatch(/\(0028,0120\) SS -2000/);
  });

  it.each([
    ["+tb", "1.2.840.10008.1.2.2"],
    ["+td", "1.2.840.10008.1.2.1.99"],
    ["+ti", "1.2.840.10008.1.2"],
    ["+te", "1.2.840.10008.1.2.1"],
  ])("reads the same data set back after dcmconv %s with undefined lengths", async (option, syntax) => {
    const [path, converted] = [join(folder, "in.dcm"), join(folder, "out.dcm")];
    writeFileSync(path, writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" }));
    expect(spawnSync(convert, [option, "-e", path, converted]).status).toBe(0);
    const part10 = await readPart10(bytesSource("out", readFileSync(converted)), { until: "end" });
    expect(part10.transferSyntaxUid).toBe(syntax);
    const { "7FE00010": pixels, ...rest } = part10.dataSet;
    const { "7FE00010": written, ...expected } = dataSet;
    expect(rest).toEqual(expected);
    expect(pixels?.bulk?.length).toBe(written?.bytes?.length);
  });
});

/** The part of dcmjs, which has no types, that is used here. */
interface Dcmjs {
  readonly data: {
    readonly DicomMessage: {
      readonly readFile: (bytes: ArrayBufferLike) => {
        dict: Record<string, { Value: readonly unknown[] } | undefined>;
      };
    };
  };
}

describe("writePart10 and dcmjs", () => {
  it("dcmjs reads what is written", () => {
    const bytes = writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
    const dcmjs: Dcmjs = createRequire(import.meta.url)("dcmjs");
    const read = dcmjs.data.DicomMessage.readFile(bytes.buffer);
    expect(read.dict["00280010"]?.Value).toEqual([2]);
    expect(read.dict["00081140"]?.Value).toHaveLength(2);
    expect(read.dict["00280120"]?.Value).toEqual([-2000]);
  });
});
