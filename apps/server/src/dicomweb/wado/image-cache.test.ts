import { dataSetOf } from "@etalon/dicom";
import { expect, it } from "vitest";
import type { StoredInstance } from "../../archive/archive.ts";
import { createImageCache } from "./image-cache.ts";

const scope = { siteId: 1, actor: "test", purpose: "test" };

function instanceOf(name: string): StoredInstance {
  return {
    studyInstanceUid: "1.2",
    seriesInstanceUid: "1.3",
    sopInstanceUid: name,
    sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
    transferSyntaxUid: "1.2.840.10008.1.2.1",
    fileSha256: name,
    dataSetSha256: name,
    sizeBytes: 1,
    dataSetOffset: 0,
    numberOfFrames: 1,
    version: 1,
    isCurrent: true,
  };
}

/** Headers with a text of so many letters, each of 2 bytes in memory, and what was read of them. */
function cacheOf(letters: Readonly<Record<string, number>>, mostBytes: number) {
  const read: string[] = [];
  const cache = createImageCache(
    {
      metadata: async (_scope, { sopInstanceUid = "" }) => {
        read.push(sopInstanceUid);
        if (letters[sopInstanceUid] === undefined) throw new Error("away");
        const ImageComments = "x".repeat(letters[sopInstanceUid]);
        return [
          dataSetOf({
            SOPInstanceUID: sopInstanceUid,
            Rows: 1,
            Columns: 1,
            BitsAllocated: 8,
            SamplesPerPixel: 1,
            ImageComments,
          }),
        ];
      },
    },
    mostBytes,
  );
  const ask = (name: string) => cache.imageOf({ scope, instance: instanceOf(name) });
  return { read, ask };
}

it("keeps what was asked for lately, within its bytes and not its number", async () => {
  // 20 kB each beside the other elements: three fit in 70 kB, four do not.
  const { read, ask } = cacheOf({ a: 10_000, b: 10_000, c: 10_000, d: 10_000 }, 70_000);
  for (const name of ["a", "b", "c", "a", "d", "a", "c", "d", "b"]) await ask(name);
  expect(read).toEqual(["a", "b", "c", "d", "b"]);
  const many = cacheOf(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`s${index}`, 1])), 100_000);
  for (let round = 0; round < 2; round += 1) for (let index = 0; index < 40; index += 1) await many.ask(`s${index}`);
  expect(many.read).toHaveLength(40);
});

it("keeps the last one whatever its size, and nothing of one that could not be read", async () => {
  const { read, ask } = cacheOf({ a: 100_000, b: 100_000 }, 1000);
  for (const name of ["a", "a", "b", "b", "a"]) await ask(name);
  expect(read).toEqual(["a", "b", "a"]);
  for (let time = 0; time < 2; time += 1) await expect(ask("none")).rejects.toThrow("away");
  expect(read.slice(3)).toEqual(["none", "none"]);
});
