/**
 * `header-worker.ts <folder>`: answers `headers` by reading the header of every file up to its pixel data, 64 KiB at a time,
 * all elements decoded and projected on an instance header. No hash is made.
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { type InstanceHeader, readInstanceHeader, readPart10 } from "@etalon/dicom";
import { answerCommands } from "./command-lines.ts";
import { peakBytes } from "./peak-bytes.ts";

const [folder = ""] = process.argv.slice(2);

async function readHeader(path: string): Promise<InstanceHeader> {
  const file = openSync(path, "r");
  try {
    const source = {
      name: path,
      size: fstatSync(file).size,
      read: async (offset: number, length: number) => {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
      },
    };
    return readInstanceHeader(await readPart10(source, { until: "pixel-data" }), path);
  } finally {
    closeSync(file);
  }
}

await answerCommands(async () => {
  const before = performance.now();
  const headers: InstanceHeader[] = [];
  for (const name of readdirSync(folder).sort()) headers.push(await readHeader(join(folder, name)));
  const seconds = (performance.now() - before) / 1000;
  const uids = headers.map(({ sopInstanceUid }) => sopInstanceUid).sort();
  return {
    seconds,
    count: headers.length,
    uidsSha256: createHash("sha256").update(uids.join("\n")).digest("hex"),
    distanceSumMm: headers.reduce(
      (sum, { frames: [first] }) => sum + Math.abs(first.positionLpsMm?.[2] ?? Number.NaN),
      0,
    ),
    peakBytes: peakBytes(),
  };
});
