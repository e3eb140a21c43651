import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parseResult, type Result } from "@etalon/measure";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { buildZip } from "../testing/build-zip.ts";
import { runJson, runMain } from "../testing/run-main.ts";
import { smallThorax, tinyMarks, tinySeries, writeAt, writeFiles } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();
const study = writeFiles(join(root, "study"), tinySeries());
const marked = ["--marks", writeAt(join(root, "tiny-marks.json"), JSON.stringify(tinyMarks))];

async function analyze(...argv: readonly string[]): Promise<Result> {
  const { exitCode, answer } = await runJson("analyze", ...argv);
  expect({ exitCode, code: answer.code }).toEqual({ exitCode: 0, code: undefined });
  return parseResult(answer);
}

function total(result: Result, id: string): number | undefined {
  return result.outputs.find((output) => output.id === id && output.site === undefined && output.item === undefined)
    ?.value;
}

/** Runs something with an empty working folder of its own. */
async function inFolder<T>(folder: string, run: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  mkdirSync(folder);
  process.chdir(folder);
  try {
    return await run();
  } finally {
    process.chdir(before);
  }
}

describe("what is read", () => {
  // 16 mm² of 250 HU (weight 2) in one slice every 3 mm.
  it("measures a folder", async () => {
    const result = await analyze(study, ...marked);
    expect(total(result, "agatston-score")).toBe(32);
    expect(total(result, "volume-score")).toBe(48);
  });

  it("gives the same digest for the folder, its ZIP, its files one by one and nested folders", async () => {
    const files = tinySeries();
    const zip = writeAt(
      join(root, "étude n°1.zip"),
      buildZip(files.map(({ name, bytes }) => ({ name: `études/${name}`, bytes }))),
    );
    const nested = join(root, "nested with spaces");
    for (const [index, { name, bytes }] of files.entries()) writeAt(join(nested, `série ${index % 2}`, name), bytes);
    writeAt(join(nested, "README.txt"), "not DICOM");
    writeAt(join(nested, "empty.bin"), "");
    const inFolder = join(root, "zip in folder");
    mkdirSync(inFolder);
    symlinkSync(zip, join(inFolder, "a.ZIP"));
    const { digest } = await analyze(study);
    expect((await analyze(zip)).digest).toBe(digest);
    expect((await analyze(...files.map(({ name }) => join(study, name)))).digest).toBe(digest);
    expect((await analyze(inFolder)).digest).toBe(digest);
    const fromNested = await analyze(nested);
    expect(fromNested.digest).toBe(digest);
    expect(fromNested.ledger).toMatchObject({ received: 6, placed: 4, unplaced: { "not-dicom": 2 } });
  });

  it("goes on past what is broken, and lists it", async () => {
    const mixed = writeFiles(join(root, "mixed"), tinySeries());
    const [first] = tinySeries({ identity: "other" });
    writeAt(join(mixed, "cut-header.dcm"), first?.bytes.subarray(0, 300) ?? "");
    symlinkSync(join(root, "gone"), join(mixed, "dangling"));
    symlinkSync(mixed, join(mixed, "circle"));
    writeAt(join(mixed, "broken.zip"), "PK no zip");
    const { exitCode, answer } = await runJson("ledger", mixed);
    expect(exitCode).toBe(0);
    expect(answer.summary).toMatchObject({ received: 7, placed: 4, unplaced: { unreadable: 3 } });
    expect(total(await analyze(mixed, ...marked), "agatston-score")).toBe(32);
  });
});

describe("what is refused", () => {
  it("refuses a single slice", async () => {
    const { exitCode, answer } = await runJson("analyze", join(study, "IM0002.dcm"));
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "single-slice" });
  });

  it("refuses a folder without images and says why of its first files, in the language asked for", async () => {
    const empty = join(root, "empty");
    mkdirSync(empty);
    expect(await runJson("analyze", empty)).toMatchObject({ exitCode: 3, answer: { code: "no-images" } });
    writeAt(join(root, "texts", "a.txt"), "text");
    const { exitCode, out, err } = await runMain(["analyze", join(root, "texts"), "--lang", "fr"]);
    expect({ exitCode, out }).toEqual({ exitCode: 3, out: "" });
    expect(err).toContain("aucune image lisible");
    expect(err).toContain("a.txt: pas du DICOM");
  });

  it("refuses contrast until it is overridden, and writes the reason into the result", async () => {
    const enhanced = writeFiles(join(root, "enhanced"), tinySeries({ attributes: { ContrastBolusAgent: "Iomeron" } }));
    const { exitCode, answer } = await runJson("analyze", enhanced);
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "contrast-enhanced" });
    const result = await analyze(enhanced, "--set", "contrast-override=water = no contrast");
    expect(result.recipe.parameters).toContainEqual(
      expect.objectContaining({ id: "contrast-override", value: "water = no contrast", source: "override" }),
    );
    expect(result.quality).toContainEqual(expect.objectContaining({ code: "contrast-overridden" }));
  });
});

describe("--json and --out", () => {
  it("writes nothing under --json without --out, and one line per stage on standard error", async () => {
    const here = join(root, "untouched");
    const { err } = await inFolder(here, () => runJson("analyze", study));
    expect(readdirSync(here)).toEqual([]);
    expect(err.trim().split("\n")).toEqual([
      "Reading 4 files",
      "Sorted: 4 images in stacks: 1; files left aside: 0; notes: 0",
      "Loading 4 × 16 × 16 voxels",
      "Measuring coronary/calcium-score",
    ]);
  });

  it("writes the result that it prints, and a picture of each lesion", async () => {
    const out = join(root, "out", "deep");
    const { answer } = await runJson("analyze", study, ...marked, "--out", out);
    expect(JSON.parse(readFileSync(join(out, "result.json"), "utf8"))).toEqual(answer);
    expect(readdirSync(out).sort()).toEqual(["lesion-L1-LAD.png", "lesions.png", "result.json"]);
    // PNG signature, PNG specification 5.2.
    expect([...readFileSync(join(out, "lesions.png")).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it("keeps an earlier result with another digest, and anything else called result.json", async () => {
    const out = join(root, "kept");
    writeAt(join(out, "result.json"), "{}");
    writeAt(join(out, "notes.txt"), "mine");
    const first = await analyze(study, "--out", out);
    await analyze(study, "--out", out);
    const second = await analyze(study, "--out", out, "--set", "threshold=200");
    const third = readFileSync(join(out, "result.json"), "utf8");
    expect(parseResult(JSON.parse(third)).digest).toBe(second.digest);
    const earlier = readdirSync(out).filter((name) => name.startsWith("earlier-"));
    // "44136fa3…" is the SHA-256 of the two bytes "{}".
    expect(earlier.sort()).toEqual(["earlier-44136fa3", `earlier-${first.digest.slice(0, 8)}`].sort());
    const kept = readFileSync(join(out, `earlier-${first.digest.slice(0, 8)}`, "result.json"), "utf8");
    expect(parseResult(JSON.parse(kept)).digest).toBe(first.digest);
    expect(readFileSync(join(out, "notes.txt"), "utf8")).toBe("mine");
  });

  it("answers with one error document when the result cannot be written", async () => {
    const file = writeAt(join(root, "a-file"), "");
    const { exitCode, answer } = await runJson("analyze", study, "--out", join(file, "sub"));
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "file-unwritable" });
  });

  it("prints the result on standard output and names its default folder", async () => {
    const elsewhere = join(root, "elsewhere");
    const { exitCode, out, err } = await inFolder(elsewhere, () => runMain(["analyze", study, ...marked]));
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^ {2}Agatston score +32\.00 AU/m);
    const folder = /Wrote (.*)\/result\.json and 2 pictures/.exec(err)?.[1] ?? "";
    expect(folder).toMatch(/^etalon-results\/coronary-calcium-score-[0-9a-f]{8}$/);
    expect(existsSync(join(elsewhere, folder, "result.json"))).toBe(true);
  });
});

describe("--marks", () => {
  const region = (id: string, z: number) => ({
    id,
    label: id,
    shape: { kind: "sphere", centerLpsMm: [7.5, 7.5, z], radiusMm: 4 },
  });
  const marksFile = (name: string, regions: readonly unknown[]) =>
    writeAt(join(root, `${name}.json`), JSON.stringify({ schema: "etalon.marks/1", regions }));

  it("assigns what the marks hold", async () => {
    const result = await analyze(study, "--marks", marksFile("good", [region("LAD", 3)]));
    expect(result.provisional).toBe(false);
    expect(result.outputs).toContainEqual(expect.objectContaining({ id: "agatston-score", site: "LAD", value: 32 }));
  });

  it.each([
    ["a missing file", () => join(root, "no-marks.json"), "file-not-found"],
    ["a folder", () => study, "file-unreadable"],
    ["what is not JSON", () => writeAt(join(root, "torn.json"), '{"schema":'), "file-unreadable"],
    ["another schema", () => writeAt(join(root, "other.json"), "[]"), "schema-mismatch"],
    ["a shape unknown", () => marksFile("cone", [{ id: "a", label: "a", shape: { kind: "cone" } }]), "schema-mismatch"],
    ["overlapping regions", () => marksFile("twice", [region("a", 3), region("b", 4)]), "overlapping-regions"],
  ])("refuses %s", async (_, file, code) => {
    const { exitCode, answer } = await runJson("analyze", study, "--marks", file());
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code });
  });

  it("scores the thorax phantom's arteries with its own marks", async () => {
    const { files, marks } = smallThorax();
    const thorax = writeFiles(join(root, "thorax"), files);
    const result = await analyze(thorax, "--marks", writeAt(join(root, "thorax.json"), JSON.stringify(marks)));
    const sites = new Set(result.outputs.flatMap(({ site }) => site ?? []));
    expect([...sites].sort()).toEqual([...new Set(marks.regions.map(({ label }) => label))].sort());
    expect(total(result, "vessel-count")).toBe(4);
  });
});

describe("--choose", () => {
  // The lesion of the second version has 350 HU: weight 3, so 48 in place of 32.
  const versions = join(root, "versions");
  writeFiles(versions, tinySeries());
  const [, other] = tinySeries({ calciumHu: 350 });
  writeAt(join(versions, "other.dcm"), other?.bytes ?? "");

  it("scores nothing while two versions of one object await a choice, then the one chosen", async () => {
    const { exitCode, answer } = await runJson("analyze", versions);
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "ambiguous-version" });
    const scores: (number | undefined)[] = [];
    for (const hash of String(answer.received).split(", ")) {
      const result = await analyze(versions, ...marked, "--choose", `${answer.field}=${hash}`);
      expect(result.recipe.choices).toEqual([{ uid: answer.field, dataSetSha256: hash }]);
      const said = await analyze(versions, ...marked, "--choose", `${answer.field}=${hash} sent twice`);
      expect(said.recipe.choices).toEqual([{ uid: answer.field, dataSetSha256: hash, source: "sent twice" }]);
      scores.push(total(result, "agatston-score"));
    }
    expect(scores.sort()).toEqual([32, 48]);
  });

  it.each([
    ["a UID that was not read", "1.2.3=deadbeefdeadbeef", "unknown-choice"],
    ["a series that was not read", "calcium-ct=1.2.3", "unknown-choice"],
    ["a role that there is not", "heart-ct=1.2.3", "unknown-name"],
  ])("refuses %s", async (_, choice, code) => {
    const { exitCode, answer } = await runJson("analyze", study, "--choose", choice);
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 2, code });
  });

  it("asks which of two series, and takes the one named", async () => {
    const two = join(root, "two");
    writeFiles(join(two, "a"), tinySeries());
    writeFiles(join(two, "b"), tinySeries({ identity: "second", calciumHu: 350 }));
    const { exitCode, answer } = await runJson("analyze", two);
    expect({ exitCode, code: answer.code, field: answer.field }).toEqual({
      exitCode: 3,
      code: "ambiguous-series",
      field: "calcium-ct",
    });
    const scores: (number | undefined)[] = [];
    for (const series of String(answer.received).split(", ")) {
      const result = await analyze(two, ...marked, "--choose", `calcium-ct=${series}`);
      expect(result.recipe.roles).toEqual([{ role: "calcium-ct", stackId: series, chosenBy: "user" }]);
      scores.push(total(result, "agatston-score"));
    }
    expect(scores.sort()).toEqual([32, 48]);
  });
});

describe("--value", () => {
  const doppler = ["--protocol", "vascular/doppler-resistive-index"];

  // RI = (60 − 18) / 60 by hand.
  it.each([
    ["60cm/s", "18cm/s"],
    ["0.6 m/s", "180 mm/s"],
    ["60", "18 cm/s"],
  ])("measures %s and %s", async (peak, end) => {
    const values = ["--value", `peak-systolic-velocity=${peak}`, "--value", `end-diastolic-velocity=${end}`];
    const result = await analyze(...doppler, ...values);
    expect(total(result, "resistive-index")).toBeCloseTo(0.7, 12);
  });

  it.each([
    ["a wrong unit", ["peak-systolic-velocity=60kg", "end-diastolic-velocity=1cm/s"], 2, "wrong-unit"],
    ["no number", ["peak-systolic-velocity=fast", "end-diastolic-velocity=1cm/s"], 2, "wrong-unit"],
    ["a decimal comma", ["peak-systolic-velocity=0,6 m/s", "end-diastolic-velocity=1cm/s"], 2, "wrong-unit"],
    ["one left out", ["peak-systolic-velocity=60cm/s"], 2, "missing-value"],
    ["a name unknown", ["peak=60cm/s"], 2, "unknown-name"],
    ["a value out of range", ["peak-systolic-velocity=-1cm/s", "end-diastolic-velocity=0cm/s"], 3, "out-of-range"],
  ] as const)("refuses %s", async (...[, values, exitCode, code]) => {
    const given = values.flatMap((value) => ["--value", value]);
    const refused = await runJson("analyze", ...doppler, ...given);
    expect({ exitCode: refused.exitCode, code: refused.answer.code }).toEqual({ exitCode, code });
  });
});

describeWithSharedData("real scans", "1-calcium/chest-ct-ibsi1-phantom", (folder) => {
  it("refuses an enhanced chest that does not say so", async () => {
    const { exitCode, answer } = await runJson("analyze", folder);
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "contrast-enhanced" });
  });
});
