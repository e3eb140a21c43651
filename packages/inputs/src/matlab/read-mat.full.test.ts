import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPython, describeWithPeer, hasPythonModule } from "@etalon/testing";
import { afterAll, expect, it } from "vitest";
import { readMat } from "./read-mat.ts";

const folder = mkdtempSync(join(tmpdir(), "etalon-mat-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Arrays of every class that is read, 2 to 4 axes, beside a text and a cell, which are passed over. */
const script = `
import sys, numpy as np, scipy.io as sio
names = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"]
arrays = {n: (np.arange(24).reshape(2, 3, 4) * 5 % 127).astype(n) for n in names}
arrays["plane"] = np.array([[1.5, -2.25], [np.pi, 1e300]])
arrays["film"] = np.arange(16.0).reshape(2, 2, 2, 2)
arrays["words"] = "text"
arrays["cell"] = np.array([1, "a"], dtype=object)
sio.savemat(sys.argv[1], arrays, do_compression=sys.argv[2] == "1")
`;

describeWithPeer("MAT-files that scipy writes", { name: "scipy", isPresent: hasPythonModule("scipy") }, () => {
  it.each([false, true])("are read to the last bit, compressed: %s", (isCompressed) => {
    const path = join(folder, `${isCompressed}.mat`);
    const { status, stderr } = spawnSync(debianPython, ["-c", script, path, isCompressed ? "1" : "0"], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const arrays = readMat(new Uint8Array(readFileSync(path)), path);
    expect(arrays).toHaveLength(10);
    for (const { name, sizes, values } of arrays) {
      if (name === "plane") {
        // The first axis runs fastest.
        expect([...values]).toEqual([1.5, Math.PI, -2.25, 1e300]);
      } else if (name === "film") {
        expect(sizes).toEqual([2, 2, 2, 2]);
        expect([...values].slice(0, 4)).toEqual([0, 8, 4, 12]);
      } else {
        expect(sizes, name).toEqual([2, 3, 4]);
        const expected = Array.from({ length: 24 }, (_, at) => {
          const [i, j, k] = [at % 2, Math.floor(at / 2) % 3, Math.floor(at / 6)];
          return ((12 * i + 4 * j + k) * 5) % 127;
        });
        expect([...values], name).toEqual(expected);
      }
    }
  });
});
