import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Hex } from "@etalon/base";
import { debianPython, describeWithPeer, describeWithSharedData, hasProgram, hasPythonModule } from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { createCodecSet } from "./codecs/codec-set.ts";
import { decodeFrame } from "./decode-frame.ts";
import { readInstanceHeader } from "./instance-header.ts";
import { readPart10 } from "./read-part10.ts";

const codecs = createCodecSet();

/** SHA-256 of each frame's samples, interleaved, as 64-bit floats. */
async function frameHashes(path: string): Promise<readonly string[]> {
  const source = bytesSource(path, await readFile(path));
  const part10 = await readPart10(source, { until: "pixel-data" });
  const header = readInstanceHeader(part10, path);
  const hashes: string[] = [];
  for (let frameIndex = 0; frameIndex < header.numberOfFrames; frameIndex += 1) {
    const { samples } = await decodeFrame(source, part10, { header, frameIndex, codecs });
    hashes.push(sha256Hex(new Uint8Array(Float64Array.from(samples).buffer)));
  }
  return hashes;
}

/** Prints the same hashes as {@link frameHashes}, by pydicom. */
const pydicomHashes = `
import sys, json, hashlib, warnings
warnings.simplefilter("ignore")
import numpy, pydicom
result = {}
for path in sys.argv[1:]:
    data = pydicom.dcmread(path)
    frames = int(data.get("NumberOfFrames", 1) or 1)
    pixels = data.pixel_array.reshape(frames, -1).astype("<f8")
    result[path] = [hashlib.sha256(numpy.ascontiguousarray(frame).tobytes()).hexdigest() for frame in pixels]
print(json.dumps(result))
`;

const pydicomFiles = [
  "nema-wg04/J2KI/CT1_J2KI",
  "nema-wg04/J2KI/MR1_J2KI",
  "nema-wg04/J2KI/RG3_J2KI",
  "nema-wg04/J2KI/US1_J2KI",
  "pydicom-testfiles/693_J2KI.dcm",
  "pydicom-testfiles/J2K_pixelrep_mismatch.dcm",
  "pydicom-testfiles/JPEG2000.dcm",
  "pydicom-testfiles/examples_jpeg2k.dcm",
  "pydicom-testfiles/MR_small.dcm",
  "pydicom-testfiles/MR_small_bigendian.dcm",
  "pydicom-testfiles/liver_expb_1frame.dcm",
  "pydicom-testfiles/rtdose.dcm",
  "pydicom-testfiles/rtdose_expb.dcm",
  "pydicom-testfiles/rtdose_rle.dcm",
  "pydicom-testfiles/SC_rgb_rle_16bit_2frame.dcm",
  "pydicom-testfiles/SC_rgb_rle_32bit_2frame.dcm",
  "pydicom-testfiles/SC_ybr_full_422_uncompressed.dcm",
  "pydicom-testfiles/ExplVR_BigEnd.dcm",
  "pydicom-testfiles/image_dfl.dcm",
  "pydicom-testfiles/examples_ybr_color.dcm",
  "pydicom-data-extra/parametric_map_float.dcm",
  "pydicom-data-extra/parametric_map_double_float.dcm",
  "pydicom-data-extra/liver_nonbyte_aligned.dcm",
  "pydicom-data-extra/color-pl.dcm",
];

const pydicom = { name: "pydicom with Pillow", isPresent: hasPythonModule("pydicom") && hasPythonModule("PIL") };

describeWithPeer("pydicom", pydicom, () => {
  describeWithSharedData("on its own files and NEMA's", "7-conformance", (folder) => {
    let expected: Readonly<Record<string, readonly string[]>> = {};

    beforeAll(() => {
      const paths = pydicomFiles.map((file) => join(folder, file));
      const run = spawnSync(debianPython, ["-c", pydicomHashes, ...paths], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(run.stderr);
      expected = JSON.parse(run.stdout);
    });

    it.each(pydicomFiles)("%s: every frame is the same", async (file) => {
      const path = join(folder, file);
      expect(await frameHashes(path)).toEqual(expected[path]);
    });
  });
});

/** Colour stays as stored: `+cn` and no option of dcmdjpls or dcmdrle converts it. */
const dcmtkFiles = [
  ["dcmdjpeg", ["+cn"], "cornerstone-ct-syntaxes/CTImage.dcm_JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50.dcm"],
  ["dcmdjpeg", ["+cn"], "cornerstone-ct-syntaxes/CTImage.dcm_JPEGProcess14TransferSyntax_1.2.840.10008.1.2.4.57.dcm"],
  ["dcmdjpeg", ["+cn"], "cornerstone-ct-syntaxes/TestPattern_JPEG-Lossless_RGB.dcm"],
  ["dcmdjpeg", ["+cn"], "cornerstone-ct-syntaxes/TestPattern_JPEG-Baseline_YBR422.dcm"],
  ["dcmdjpeg", ["+cn"], "cornerstone-ct-syntaxes/TestPattern_JPEG-Baseline_YBRFull.dcm"],
  ["dcmdjpeg", ["+cn"], "pydicom-testfiles/SC_rgb_jpeg_gdcm.dcm"],
  ["dcmdjpeg", ["+cn"], "pydicom-testfiles/SC_rgb_dcmtk_+eb+cr.dcm"],
  ["dcmdjpeg", ["+cn"], "pydicom-testfiles/SC_rgb_dcmtk_+eb+cy+s4.dcm"],
  ["dcmdjpeg", ["+cn"], "pydicom-testfiles/SC_rgb_dcmtk_+eb+cy+np.dcm"],
  ["dcmdjpeg", ["+cn"], "pydicom-testfiles/SC_jpeg_no_color_transform_2.dcm"],
  ["dcmdjpeg", ["+cn"], "pydicom-testfiles/examples_ybr_color.dcm"],
  ["dcmdjpls", [], "cornerstone-ct-syntaxes/TestPattern_JPEG-LS-Lossless.dcm"],
  ["dcmdjpls", [], "cornerstone-ct-syntaxes/TestPattern_JPEG-LS-NearLossless.dcm"],
  ["dcmdjpls", [], "pydicom-testfiles/JPEGLSNearLossless_16.dcm"],
  ["dcmdjpls", [], "pydicom-testfiles/SC_rgb_jls_lossy_line.dcm"],
  ["dcmdjpls", [], "pydicom-testfiles/SC_rgb_jls_lossy_sample.dcm"],
  ["dcmdjpls", [], "highdicom/sm_image_jpegls.dcm"],
  ["dcmdrle", [], "nema-wg04/RLE/US1_RLE"],
  ["dcmdrle", [], "pydicom-testfiles/SC_rgb_rle_32bit_2frame.dcm"],
] as const;

describeWithPeer("DCMTK", { name: "dcmdjpeg", isPresent: hasProgram("dcmdjpeg") }, () => {
  describeWithSharedData("on real files", "7-conformance", (folder) => {
    let scratch = "";
    beforeAll(async () => {
      scratch = await mkdtemp(join(tmpdir(), "etalon-dcmtk-"));
    });
    afterAll(async () => {
      await rm(scratch, { recursive: true });
    });

    it.each(dcmtkFiles)("%s %j %s: every frame is the same", async (program, options, file) => {
      const native = join(scratch, file.replaceAll("/", "-"));
      const run = spawnSync(program, [...options, join(folder, file), native], { encoding: "utf8" });
      expect(run.stderr).not.toMatch(/^[EF]:/m);
      expect(await frameHashes(join(folder, file))).toEqual(await frameHashes(native));
    });
  });
});
