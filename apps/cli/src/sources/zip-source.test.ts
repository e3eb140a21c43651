import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildZip, type ZipPart } from "../testing/build-zip.ts";
import { runJson } from "../testing/run-main.ts";
import { tinySeries, writeAt } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { createZipLister } from "./zip-source.ts";

const root = temporaryFolder();
const bytes = new TextEncoder().encode("the same words again, the same words again");

/** What opening each entry of a ZIP gives: its text, or the code of its refusal and what is said. */
async function contents(name: string, zip: Uint8Array): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { path, open } of await createZipLister()(writeAt(join(root, name), zip))) {
    found[path.slice(root.length + 1)] = await open().then(
      async (source) => new TextDecoder().decode(await source.read(0, source.size)),
      (error) => `${error.code}: ${error.received}`,
    );
  }
  return found;
}

const good: ZipPart = { name: "good", bytes };
const text = "the same words again, the same words again";

describe("listing a ZIP", () => {
  it("lists files without folders, names with accents and dangerous names alike", async () => {
    const parts = ["folder/", "folder/é à.dcm", "../../up", "/root", "C:\\windows\\x"].map((name) => ({ name, bytes }));
    expect(await contents("names.zip", buildZip(parts))).toEqual({
      "names.zip!folder/é à.dcm": text,
      "names.zip!../../up": text,
      "names.zip!/root": text,
      "names.zip!C:/windows/x": text,
    });
  });

  it("drops neither of two entries of one name", async () => {
    const zip = buildZip([good, { name: "good", bytes: new Uint8Array([65]) }]);
    expect(await contents("twice.zip", zip)).toEqual({ "twice.zip!good": text, "twice.zip!good (2)": "A" });
  });

  it.each([
    ["damaged bytes", { isDamaged: true }, /invalid/],
    ["another CRC-32", { crc32: 1 }, /CRC-32/],
    ["an encrypted entry", { isEncrypted: true }, /encrypted/],
    ["more than is announced", { claimedSize: 10 }, /more than the 10/],
    ["less than is announced", { claimedSize: 100 }, /42 bytes, 100 announced/],
    ["a bomb", { claimedSize: 3e9 }, /3000000000 bytes in/],
    ["the largest size there is", { claimedSize: 0xffffffff }, /4294967295 bytes in/],
  ])("refuses %s and gives the other entries", async (_, wrong, said) => {
    const found = await contents("wrong.zip", buildZip([{ name: "bad", bytes, ...wrong }, good]));
    expect(found["wrong.zip!good"]).toBe(text);
    expect(found["wrong.zip!bad"]).toMatch(/^file-unreadable: /);
    expect(found["wrong.zip!bad"]).toMatch(said);
  });

  it("gives the entries before the place where the directory breaks, and the archive itself as unreadable", async () => {
    const zip = buildZip([good, { name: "lost", bytes }]);
    const second = zip.lastIndexOf(0x50, zip.length - 23);
    zip[second] = 0;
    const found = await contents("torn.zip", zip);
    expect(Object.keys(found)).toEqual(["torn.zip!good", "torn.zip"]);
    expect(found["torn.zip!good"]).toBe(text);
    expect(found["torn.zip"]).toMatch(/^file-unreadable: invalid central directory/);
  });

  it("calls what is no ZIP unreadable", async () => {
    expect(Object.keys(await contents("none.zip", bytes))).toEqual(["none.zip"]);
    expect((await contents("none.zip", bytes))["none.zip"]).toMatch(/^file-unreadable/);
  });
});

it("measures what is whole in a damaged ZIP, and names what is not in the ledger", async () => {
  const [first, ...others] = tinySeries().map(({ name, bytes: file }): ZipPart => ({ name, bytes: file }));
  const parts = [...others, ...(first === undefined ? [] : [{ ...first, isDamaged: true }])];
  const zip = writeAt(join(root, "study.zip"), buildZip(parts));
  const { exitCode, answer } = await runJson("analyze", zip);
  expect(exitCode).toBe(0);
  expect(answer.ledger).toMatchObject({ received: 4, placed: 3, unplaced: { unreadable: 1 } });
});
