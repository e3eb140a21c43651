import { expect, test } from "vitest";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { bulkValue, isPlain, withBytes } from "./bulk-value.ts";
import type { WadoContext } from "./wado-context.ts";

const littleEndian = "1.2.840.10008.1.2.1";
const bigEndian = "1.2.840.10008.1.2.2";
const deflated = "1.2.840.10008.1.2.1.99";
const stored = Uint8Array.from({ length: 32 }, (_, at) => at);

function asked(transferSyntaxUid: string): AskedInstance {
  const instance = { sopInstanceUid: "1.2", sizeBytes: stored.length, dataSetOffset: 0, transferSyntaxUid };
  // A part of a file is read by these alone.
  return { scope: { siteId: 1, actor: "a", purpose: "dicomweb" }, instance } as unknown as AskedInstance;
}

/** An archive whose file is 00 01 02 … 1F, given in two pieces. */
const archive = {
  open: async (_scope: unknown, _instance: unknown, { offset, length }: { offset: number; length: number }) => {
    const half = Math.ceil(length / 2);
    return (async function* pieces() {
      yield stored.slice(offset, offset + half);
      yield stored.slice(offset + half, offset + length);
    })();
  },
};
const context = { archive } as unknown as WadoContext;
const read = async (syntax: string, vr: string, length = 8) => [
  ...(await bulkValue(context, asked(syntax), { vr, bulk: { offset: 4, length } })),
];

test("a value is the bytes of its place", async () => {
  expect(await read(littleEndian, "OW")).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect(await read(littleEndian, "OB", 3)).toEqual([4, 5, 6]);
});

// PS3.5 section 7.3: each word of a value is written in the other order; bytes and text are not.
test.each([
  ["OW", [5, 4, 7, 6, 9, 8, 11, 10]],
  ["SS", [5, 4, 7, 6, 9, 8, 11, 10]],
  ["OF", [7, 6, 5, 4, 11, 10, 9, 8]],
  ["OD", [11, 10, 9, 8, 7, 6, 5, 4]],
  ["OB", [4, 5, 6, 7, 8, 9, 10, 11]],
  ["UT", [4, 5, 6, 7, 8, 9, 10, 11]],
])("a big endian %s is given little endian", async (vr, bytes) => {
  expect(await read(bigEndian, vr)).toEqual(bytes);
});

test("a part of a word at the end of a big endian value stays as it is", async () => {
  expect(await read(bigEndian, "OW", 3)).toEqual([5, 4, 6]);
});

test("reading a value turns nothing round in what is stored", async () => {
  await read(bigEndian, "OD");
  expect([...stored.slice(4, 8)]).toEqual([4, 5, 6, 7]);
});

test("only what stands in the file as it is given is read in parts", () => {
  expect([littleEndian, "1.2.840.10008.1.2.4.90", bigEndian, deflated].map((one) => isPlain(asked(one)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("an element that was left in its file gets its bytes; one that was not, or whose length nobody knows, stays", async () => {
  const left = { vr: "OW", bulk: { offset: 4, length: 2 } };
  const { vr, bytes = [] } = await withBytes(context, asked(littleEndian), left);
  expect([vr, ...bytes]).toEqual(["OW", 4, 5]);
  for (const element of [
    { vr: "LO", Value: ["x"] },
    { vr: "OW", bulk: { offset: 4, length: -1 } },
  ]) {
    expect(await withBytes(context, asked(littleEndian), element)).toBe(element);
  }
});
