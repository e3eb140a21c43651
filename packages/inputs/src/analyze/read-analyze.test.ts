import { describe, expect, it } from "vitest";
import { readAnalyze } from "./read-analyze.ts";

function header(sizes: readonly number[], { little = true, datatype = 16 } = {}): Uint8Array {
  const bytes = new Uint8Array(348);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, little);
  [sizes.length, ...sizes].forEach((size, i) => void view.setInt16(40 + 2 * i, size, little));
  view.setInt16(70, datatype, little);
  [0, 1.5, 2, 8].forEach((mm, i) => void view.setFloat32(76 + 4 * i, mm, little));
  return bytes;
}

const image = new Uint8Array(new Float32Array([1, 2, 3, 4.5]).buffer);

describe("readAnalyze", () => {
  it("reads sizes, spacing and voxels in either byte order", () => {
    const read = readAnalyze(header([2, 1, 2]), image, "x.hdr");
    expect(read).toEqual({ name: "", sizes: [2, 1, 2], values: Float64Array.of(1, 2, 3, 4.5), spacing: [1.5, 2, 8] });
    const swapped = image.slice();
    for (let at = 0; at < 16; at += 4) swapped.subarray(at, at + 4).reverse();
    expect(readAnalyze(header([2, 1, 2], { little: false }), swapped, "x.hdr").values).toEqual(read.values);
  });

  it.each([
    ["an image that ends early", header([2, 2, 2]), "voxels"],
    ["a size of 0", header([2, 0, 2]), "dim"],
    ["more than 128 million voxels", header([32_000, 32_000, 2]), "dim"],
    ["complex voxels", header([2, 1, 2], { datatype: 32 }), "datatype"],
    ["bytes that are no header", new Uint8Array(348), "sizeof_hdr"],
  ])("refuses %s", (_, bytes, field) => {
    expect(() => readAnalyze(bytes, image, "x.hdr")).toThrow(
      expect.objectContaining({ code: "array-malformed", field }),
    );
  });
});
