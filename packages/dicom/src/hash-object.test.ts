import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { dataSetOf } from "./data-set-of.ts";
import { hashObject } from "./hash-object.ts";
import { readPart10 } from "./read-part10.ts";
import { writePart10 } from "./write-part10.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("hashObject", () => {
  it("hashes the file, and the bytes after group 0002, over more than one piece", async () => {
    const PixelData = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 7) % 251);
    const dataSet = dataSetOf({ SOPClassUID: "1.2", SOPInstanceUID: "1.3", PixelData });
    const bytes = writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
    const source = bytesSource("f", bytes);
    const { dataSetOffset } = await readPart10(source, { until: "pixel-data" });
    expect(await hashObject(source, dataSetOffset)).toEqual({
      fileSha256: sha256(bytes),
      dataSetSha256: sha256(bytes.subarray(dataSetOffset)),
    });
    const changed = bytes.slice();
    changed[10] = 1;
    const other = await hashObject(bytesSource("f", changed), dataSetOffset);
    expect(other.fileSha256).not.toBe(sha256(bytes));
    expect(other.dataSetSha256).toBe(sha256(bytes.subarray(dataSetOffset)));
  });

  it("hashes a file that is no longer than its group 0002", async () => {
    const empty = createHash("sha256").digest("hex");
    expect((await hashObject(bytesSource("f", new Uint8Array(10)), 10)).dataSetSha256).toBe(empty);
  });
});
