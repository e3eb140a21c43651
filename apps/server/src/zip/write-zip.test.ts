import { spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPython, describeWithPeer, hasPythonModule } from "@etalon/testing";
import { afterAll, expect, test } from "vitest";
import { partOf, writeZip, zipLength } from "./write-zip.ts";
import { memoryEntry, type ZipEntry } from "./zip-entry.ts";

const folder = mkdtempSync(join(tmpdir(), "etalon-zip-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const modified = new Date("2026-02-03T04:05:06Z");
const entries = [
  memoryEntry("a/É.txt", "un"),
  memoryEntry("b", new Uint8Array(70_000).fill(7)),
  memoryEntry("empty", ""),
];

async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What Python's zipfile says of a file: each entry's name, length and date, and the first that is broken. */
function readByPython(path: string, check: boolean): { readonly names: unknown; readonly bad: unknown } {
  const script = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
bad = z.testzip() if sys.argv[2] == "yes" else None
print(json.dumps({"names": [[i.filename, i.file_size, i.date_time, i.header_offset] for i in z.infolist()][-3:], "count": len(z.infolist()), "bad": bad}))`;
  const run = spawnSync(debianPython, ["-c", script, path, check ? "yes" : "no"], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

test("the length is known before, and a part is the part of the whole", async () => {
  const whole = await gathered(writeZip(entries, { modified }));
  expect(whole.length).toBe(zipLength(entries));
  expect(await gathered(writeZip(entries, { modified }))).toEqual(whole);
  for (const [offset, length] of [
    [0, 10],
    [33, 70_050],
    [whole.length - 1, 1],
    [0, whole.length],
  ] as const) {
    const part = await gathered(partOf(writeZip(entries, { modified }), { offset, length }));
    expect(part).toEqual(whole.subarray(offset, offset + length));
  }
});

test("a file of another length than it said ends it", async () => {
  for (const sizeBytes of [1, 3]) {
    const lying: ZipEntry = { ...memoryEntry("a", "un"), sizeBytes };
    await expect(gathered(writeZip([lying], { modified }))).rejects.toMatchObject({ code: "body-truncated" });
  }
});

const peer = { name: "python3", isPresent: hasPythonModule("zipfile") };
describeWithPeer("Python's zipfile", peer, () => {
  test("reads it", async () => {
    const path = join(folder, "small.zip");
    writeFileSync(path, await gathered(writeZip(entries, { modified })));
    // Local headers of 30 bytes and the name, descriptors of 16: "a/É.txt" is 8 bytes in UTF-8.
    const second = 30 + 8 + 2 + 16;
    const third = second + 30 + 1 + 70_000 + 16;
    expect(readByPython(path, true)).toEqual({
      bad: null,
      count: 3,
      names: [
        ["a/É.txt", 2, [2026, 2, 3, 4, 5, 6], 0],
        ["b", 70_000, [2026, 2, 3, 4, 5, 6], second],
        ["empty", 0, [2026, 2, 3, 4, 5, 6], third],
      ],
    });
  });

  test("reads more files than 16 bits count", async () => {
    const path = join(folder, "many.zip");
    const many = Array.from({ length: 65_536 }, (_, index) => memoryEntry(String(index), ""));
    writeFileSync(path, await gathered(writeZip(many, { modified })));
    expect(readByPython(path, false)).toMatchObject({ count: 65_536 });
  });

  test("reads a file longer than 32 bits, and what lies behind it", async () => {
    const path = join(folder, "long.zip");
    const zeros = new Uint8Array(64 * 1024 * 1024);
    const sizeBytes = zeros.length * 64 + 5;
    const long: ZipEntry = {
      name: "long",
      sizeBytes,
      open: async function* () {
        for (let left = sizeBytes; left > 0; left -= zeros.length)
          yield zeros.subarray(0, Math.min(left, zeros.length));
      },
    };
    const file = openSync(path, "w");
    let at = 0;
    // A file with holes: zeros take no room.
    for await (const piece of writeZip([long, memoryEntry("behind", "it")], { modified })) {
      if (piece.buffer !== zeros.buffer) writeSync(file, piece, 0, piece.length, at);
      at += piece.length;
    }
    ftruncateSync(file, at);
    closeSync(file);
    expect(at).toBe(zipLength([long, memoryEntry("behind", "it")]));
    // 30 + 4 + 20 before it, 24 after it.
    expect(readByPython(path, false)).toMatchObject({
      names: [
        ["long", sizeBytes, [2026, 2, 3, 4, 5, 6], 0],
        ["behind", 2, [2026, 2, 3, 4, 5, 6], sizeBytes + 78],
      ],
    });
  }, 60_000);
});
