import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPython, describeWithPeer, hasProgram, hasPythonModule, measurePhantom } from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parametricMapObject } from "./parametric-map.ts";
import { reportInputOf } from "./testing/report-input-of.ts";

const folder = mkdtempSync(join(tmpdir(), "etalon-map-"));
const path = join(folder, "t1.pm.dcm");
let values: Float32Array;
let shape: readonly number[];

beforeAll(async () => {
  const phantom = await measurePhantom();
  const { grid } = phantom.mask;
  shape = [grid.slices, grid.rows, grid.columns];
  values = Float32Array.from({ length: grid.slices * grid.rows * grid.columns }, (_, i) => (i % 2000) / 3);
  const title = { en: "T1 map", fr: "Cartographie T1" };
  const map = { id: "t1", title, unit: "ms", grid, values, isQuantity: true };
  writeFileSync(path, parametricMapObject(map, reportInputOf(phantom), 1).bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The private scheme; what a media directory would list; and a value of ImageType that PS3.3 C.8.16.1.4 has and dciodvfy's table lacks. */
const harmless = /Unrecognized defined term = <(99ETALON|QUANTITY)>|needed to build DICOMDIR/;

describeWithPeer(
  "a map beside dciodvfy",
  { name: "dicom3tools", isPresent: hasProgram("dciodvfy", ["-version"]) },
  () => {
    it("is without error and without warning", () => {
      const { stderr } = spawnSync("dciodvfy", ["-new", path], { encoding: "utf8" });
      expect(stderr).toContain("ParametricMap");
      expect(stderr.split("\n").filter((line) => /^(Error|Warning)/.test(line) && !harmless.test(line))).toEqual([]);
    });
  },
);

describeWithPeer(
  "a map beside pydicom",
  { name: "python3-pydicom", isPresent: hasPythonModule("pydicom, numpy") },
  () => {
    it("gives the same numbers back", () => {
      const program =
        "import pydicom, sys; sys.stdout.buffer.write(pydicom.dcmread(sys.argv[1]).pixel_array.astype('<f4').tobytes())";
      const run = spawnSync(debianPython, ["-c", program, path], { maxBuffer: 2 ** 28 });
      expect(run.stderr.toString()).toBe("");
      expect(run.stdout.byteLength).toBe(4 * shape.reduce((a, b) => a * b, 1));
      const read = new Float32Array(
        run.stdout.buffer.slice(run.stdout.byteOffset, run.stdout.byteOffset + run.stdout.byteLength),
      );
      expect(Buffer.from(read.buffer).equals(Buffer.from(values.buffer))).toBe(true);
    });
  },
);
