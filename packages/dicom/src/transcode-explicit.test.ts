import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPython, describeWithPeer, describeWithSharedData, hasPythonModule } from "@etalon/testing";
import { expect, it } from "vitest";
import { textOf } from "./attribute-values.ts";
import { bytesSource } from "./byte-source.ts";
import { createCodecSet } from "./codecs/codec-set.ts";
import type { DataSet } from "./data-set.ts";
import { dataSetOf } from "./data-set-of.ts";
import { decodeFrame } from "./decode-frame.ts";
import { readInstanceHeader } from "./instance-header.ts";
import { packBits } from "./pack-bits.ts";
import { readPart10 } from "./read-part10.ts";
import { transcodeExplicit } from "./transcode-explicit.ts";
import { transcodeNative } from "./transcode-native.ts";
import { writePart10 } from "./write-part10.ts";

const codecs = createCodecSet();

async function transcoded(bytes: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of transcodeExplicit(bytesSource("file", bytes), codecs)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function framesOf(bytes: Uint8Array): Promise<readonly unknown[]> {
  const source = bytesSource("file", bytes);
  const part10 = await readPart10(source, { until: "end" });
  const header = readInstanceHeader(part10, "file");
  const frames: unknown[] = [];
  for (let frameIndex = 0; frameIndex < header.numberOfFrames; frameIndex++)
    frames.push(await decodeFrame(source, part10, { header, frameIndex, codecs }).then(({ samples }) => samples));
  return frames;
}

/** Everything but pixels and what decoding them changes. */
async function restOf(bytes: Uint8Array): Promise<DataSet> {
  const { dataSet } = await readPart10(bytesSource("file", bytes), { until: "end" });
  const changed = /^(7FE0|FFF[AC]|0028(0004|0006|0102|2110)|....0000)/;
  return Object.fromEntries(Object.entries(dataSet).filter(([tag]) => !changed.test(tag)));
}

it("writes Implicit VR Little Endian too: the same values, the same pixels", async () => {
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7",
    SOPInstanceUID: "1.2.3",
    SpecificCharacterSet: "ISO_IR 192",
    PatientName: "Müller^Zoë",
    ReferencedStudySequence: [{ StudyDescription: "Ёжик" }],
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: 1,
    Columns: 3,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: Uint8Array.of(1, 2, 3, 0),
    DataSetTrailingPadding: Uint8Array.of(0, 0),
  });
  const source = bytesSource("file", writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" }));
  const pieces: Uint8Array[] = [];
  for await (const piece of transcodeNative(source, codecs, { transferSyntaxUid: "1.2.840.10008.1.2" }))
    pieces.push(piece);
  const implicit = Buffer.concat(pieces);
  expect((await readPart10(bytesSource("file", implicit), { until: "end" })).transferSyntaxUid).toBe(
    "1.2.840.10008.1.2",
  );
  const { FFFCFFFC: _padding, ...kept } = dataSet;
  expect(await restOf(implicit)).toEqual(await restOf(writePart10(kept, { transferSyntaxUid: "1.2.840.10008.1.2" })));
  expect(await framesOf(implicit)).toEqual([Uint8Array.of(1, 2, 3)]);
});

it("writes what no character set of the file can write in UTF-8, also in items", async () => {
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.88.11",
    SOPInstanceUID: "1.2.3",
    SpecificCharacterSet: "ISO_IR 100",
    PatientName: "Müller^Zoë",
    ReferencedStudySequence: [{ SpecificCharacterSet: "ISO_IR 192", StudyDescription: "Ёжик" }],
  });
  const bytes = writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2" });
  const { dataSet: read, transferSyntaxUid } = await readPart10(bytesSource("file", await transcoded(bytes)), {
    until: "end",
  });
  expect(transferSyntaxUid).toBe("1.2.840.10008.1.2.1");
  expect(read["00100010"]?.Value).toEqual([{ Alphabetic: "Müller^Zoë" }]);
  expect(JSON.stringify(read["00081110"])).toContain("Ёжик");
  expect(textOf(read, "00080005")).toBe("ISO_IR 100");
});

it("packs bits from the least significant on", () => {
  expect([...packBits([1, 0, 0, 1, 0, 0, 0, 0, 1])]).toEqual([0b1001, 1]);
});

describeWithSharedData("of real files", "7-conformance", (folder) => {
  const files = [
    "pydicom-testfiles/MR_small.dcm",
    "pydicom-testfiles/MR_small_bigendian.dcm",
    "pydicom-testfiles/ExplVR_BigEnd.dcm",
    "pydicom-testfiles/image_dfl.dcm",
    "pydicom-testfiles/rtdose_expb.dcm",
    "pydicom-testfiles/rtdose_rle.dcm",
    "pydicom-testfiles/SC_rgb_rle_16bit_2frame.dcm",
    "pydicom-testfiles/liver_expb_1frame.dcm",
    "pydicom-testfiles/JPEG2000.dcm",
    "pydicom-testfiles/examples_ybr_color.dcm",
    "pydicom-testfiles/SC_rgb_dcmtk_+eb+cy+s4.dcm",
    "pydicom-data-extra/parametric_map_float.dcm",
    "cornerstone-ct-syntaxes/TestPattern_JPEG-LS-Lossless.dcm",
  ];

  it.each(files)("%s keeps its frames and its attributes", async (file) => {
    const bytes = await readFile(join(folder, file));
    const written = await transcoded(bytes);
    expect(await framesOf(written)).toEqual(await framesOf(bytes));
    expect(await restOf(written)).toEqual(await restOf(bytes));
  });

  it("chrH32.dcm, of ISO 2022 IR 87, keeps its name in UTF-8", async () => {
    const bytes = await readFile(join(folder, "pydicom-charsets/charset_files/chrH32.dcm"));
    const name = async (file: Uint8Array): Promise<unknown> =>
      (await readPart10(bytesSource("file", file), { until: "end" })).dataSet["00100010"];
    const written = await transcoded(bytes);
    expect(await name(written)).toEqual(await name(bytes));
    expect(textOf((await readPart10(bytesSource("file", written), { until: "end" })).dataSet, "00080005")).toBe(
      "ISO_IR 192",
    );
  });

  const pydicom = { name: "pydicom", isPresent: hasPythonModule("pydicom") && hasPythonModule("numpy") };
  describeWithPeer("pydicom", pydicom, () => {
    it("reads them as it reads the originals' lossless pixels", async () => {
      const scratch = await mkdtemp(join(tmpdir(), "etalon-transcode-"));
      const lossless = files.filter((file) => !/ybr|dcmtk|JPEG-LS|_dfl/.test(file));
      for (const [index, file] of lossless.entries())
        await writeFile(join(scratch, `${index}.dcm`), await transcoded(await readFile(join(folder, file))));
      const code =
        "import sys, pydicom\nfor i, f in enumerate(sys.argv[2:]):\n a, b = pydicom.dcmread(f), pydicom.dcmread(f'{sys.argv[1]}/{i}.dcm')\n assert b.file_meta.TransferSyntaxUID == '1.2.840.10008.1.2.1'\n assert (a.pixel_array == b.pixel_array).all(), f\nprint(len(sys.argv) - 2)";
      const args = ["-W", "ignore", "-c", code, scratch, ...lossless.map((file) => join(folder, file))];
      const run = spawnSync(debianPython, args, { encoding: "utf8" });
      await rm(scratch, { recursive: true });
      expect(run.stderr).toBe("");
      expect(run.stdout.trim()).toBe(String(lossless.length));
    });
  });
});
