import {
  type Asked,
  buildConstructedFiles,
  type ConstructedCt,
  type ReceivedFiles,
  receiveFiles,
  runStudy,
  verifyStudy,
} from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { catalog } from "./catalog.ts";
import { digestOf, hashRecipe } from "./digest.ts";
import { parseMarks } from "./marks.ts";
import { parseResult, type Recipe, type Result } from "./result.ts";
import type { Verdict } from "./verify.ts";

/** 8 × 8 × 4 voxels of 1 × 1 × 3 mm with one lesion of 2 × 2 pixels in slices 2 and 3 at 250 HU. */
const ct: ConstructedCt = {
  columns: 8,
  rows: 8,
  slices: 4,
  boxes: [{ columns: [2, 3], rows: [2, 3], slices: [1, 2], hu: 250 }],
};
const lad = { id: "r1", label: "LAD", shape: { kind: "sphere", centerLpsMm: [2.5, 2.5, 4.5], radiusMm: 5 } };
const files = buildConstructedFiles(ct);

/** A result as it comes back from its file. */
const measured = async (study: ReceivedFiles, asked: Asked = {}): Promise<Result> =>
  parseResult(JSON.parse(JSON.stringify(await runStudy(study, { regions: [lad], ...asked }))));

/** A result changed by hand whose hashes and digest were made anew, so that only computing it again can tell. */
function forged(result: Result, change: Partial<Result>): Result {
  const changed = { ...result, ...change };
  const recipe = { ...changed.recipe, hashes: hashRecipe(changed.protocol, changed.recipe) };
  return { ...changed, recipe, digest: digestOf({ ...changed, recipe }) };
}

const withRecipe = (result: Result, change: Partial<Recipe>): Partial<Result> => ({
  recipe: { ...result.recipe, ...change },
});

const differs = (kind: string, where: unknown): unknown =>
  expect.objectContaining({ verdict: "differs", difference: expect.objectContaining({ kind, where }) });

let study: ReceivedFiles;
let result: Result;
let lesionUid: string;

beforeAll(async () => {
  study = await receiveFiles(files);
  result = await measured(study);
  const { received } = await receiveFiles([files[1]]);
  lesionUid = received.flatMap((item) => ("header" in item ? item.header.sopInstanceUid : []))[0];
});

describe("a replay is identical", () => {
  const identical = (verdict: Verdict, of: Result): void =>
    expect(verdict).toMatchObject({ verdict: "identical", digest: of.digest, isSameBuild: true });

  it("on the same images", async () => identical(await verifyStudy(result, study), result));

  it("on the same images in another order, twice, among others", async () => {
    const others = buildConstructedFiles({ ...ct, boxes: [] }, { identity: "other" }).map(({ name, bytes }) => ({
      name: `other/${name}`,
      bytes,
    }));
    const copies = files.toReversed().map(({ name, bytes }) => ({ name: `copy/${name}`, bytes }));
    const text = { name: "notes.txt", bytes: new TextEncoder().encode("not DICOM") };
    const among = await receiveFiles([text, ...others, ...copies, ...files]);
    identical(await verifyStudy(result, among), result);
  });

  it("and says when another build computed it", async () => {
    const build = { etalon: "test", engine: "another" };
    expect(await verifyStudy(result, study, { build })).toMatchObject({ verdict: "identical", isSameBuild: false });
  });

  it("without marks, with none in them, with overrides and their sources", async () => {
    const asks: readonly Asked[] = [
      { regions: [] },
      { overrides: { threshold: 140, "tube-voltage": 100, "tube-voltage-source": "protocol sheet" } },
      { overrides: { "contrast-override": "calibration", "thickness-handling": "as-acquired" } },
    ];
    for (const asked of asks) {
      const other = await measured(study, asked);
      identical(await verifyStudy(other, study), other);
    }
    const proposals = parseResult(JSON.parse(JSON.stringify(await runStudy(study))));
    identical(await verifyStudy(proposals, study), proposals);
  });

  it("on one acquisition of several, chosen by hand", async () => {
    const acquisition = (number: number, hu: number) =>
      buildConstructedFiles(
        { ...ct, boxes: [{ columns: [2, 3], rows: [2, 3], slices: [1, 2], hu }] },
        {
          identity: `acquisition ${number}`,
          attributes: {
            StudyInstanceUID: "2.25.6",
            SeriesInstanceUID: "2.25.7",
            FrameOfReferenceUID: "2.25.8",
            AcquisitionNumber: number,
          },
        },
      ).map(({ name, bytes }) => ({ name: `${number}/${name}`, bytes }));
    const both = await receiveFiles([...acquisition(1, 250), ...acquisition(2, 450)]);
    const second = await measured(both, { roleChoices: { "calcium-ct": "2.25.7/2" } });
    identical(await verifyStudy(second, both), second);
  });

  it("on a series that only the reader's choice let through", async () => {
    const knees = await receiveFiles(buildConstructedFiles(ct, { attributes: { BodyPartExamined: "KNEE" } }));
    await expect(measured(knees)).rejects.toThrow(expect.objectContaining({ code: "no-series-for-role" }));
    const [uid] = knees.received.flatMap((item) => ("header" in item ? item.header.seriesInstanceUid : []));
    const chosen = await measured(knees, { roleChoices: { "calcium-ct": uid } });
    identical(await verifyStudy(chosen, knees), chosen);
  });

  it("on one version of several, chosen by hand", async () => {
    const [other] = buildConstructedFiles({ ...ct, backgroundHu: 41 });
    const conflicting = await receiveFiles([...files, { name: "other.dcm", bytes: other.bytes }]);
    const [first] = conflicting.received.flatMap((item) => ("header" in item ? [item] : []));
    const versionChoices = new Map([[first.header.sopInstanceUid, first.dataSetSha256]]);
    const chosen = await measured(conflicting, { versionChoices });
    identical(await verifyStudy(chosen, conflicting), chosen);
  });

  it("on numbers alone", async () => {
    const numbers = { "peak-systolic-velocity": 60, "end-diastolic-velocity": 18 };
    const none = await receiveFiles([]);
    const index = await runStudy(none, { protocol: "vascular/doppler-resistive-index", numbers });
    identical(await verifyStudy(index, none), index);
  });
});

describe("a replay names the image", () => {
  it.each([0, 7])("in which bit %d of one pixel was flipped", async (bit) => {
    const changed = files.map(({ name, bytes }, index) => {
      const copy = bytes.slice();
      // Pixel data is the last element: its last byte but one is the low byte of the last pixel.
      if (index === 1) copy[copy.length - 2] ^= 1 << bit;
      return { name, bytes: copy };
    });
    const verdict = await verifyStudy(result, await receiveFiles(changed));
    expect(verdict).toEqual(differs("instance", lesionUid));
  });

  it("that is missing", async () => {
    const verdict = await verifyStudy(result, await receiveFiles(files.filter((_, index) => index !== 1)));
    expect(verdict).toEqual(differs("instance", lesionUid));
    expect(verdict).toMatchObject({ difference: { found: "absent" } });
  });

  it("whose hash was changed in the result", async () => {
    const inputs = result.recipe.inputs.map((input) =>
      input.uid === lesionUid ? { ...input, dataSetSha256: "0".repeat(64) } : input,
    );
    const changed = { ...result, ...withRecipe(result, { inputs }) };
    expect(await verifyStudy(changed, study)).toEqual(differs("instance", lesionUid));
    expect(await verifyStudy(forged(result, withRecipe(result, { inputs })), study)).toEqual(
      differs("instance", lesionUid),
    );
  });
});

describe("a replay names the value", () => {
  it("that was changed in the outputs, also when the digest was made anew", async () => {
    const [first, ...rest] = result.outputs;
    const outputs = [{ ...first, value: first.value + 1 }, ...rest];
    expect(await verifyStudy({ ...result, outputs }, study)).toEqual({
      verdict: "differs",
      difference: { kind: "value", where: "outputs.0.value", recorded: "17", found: "16" },
    });
    expect(await verifyStudy(forged(result, { outputs }), study)).toEqual(differs("value", "outputs.0.value"));
  });

  it.each([
    ["quality", { quality: [] }, "quality.0"],
    ["candidates", { candidates: [] }, "candidates.0"],
    ["provisional", { provisional: true }, "provisional"],
    ["sensitivity", { sensitivity: [] }, "sensitivity.0"],
    ["digest", { digest: "0".repeat(64) }, "digest"],
  ] satisfies [string, Partial<Result>, string][])("in %s", async (_, change, where) => {
    expect(await verifyStudy({ ...result, ...change }, study)).toEqual(differs("value", where));
  });
});

describe("a replay names what the result was made with", () => {
  it("mark by mark", async () => {
    const { marks } = parseResult(JSON.parse(JSON.stringify(result).replace('"radiusMm":5', '"radiusMm":5.5'))).recipe;
    expect(marks).not.toEqual(result.recipe.marks);
    const changed = { ...result, ...withRecipe(result, { marks }) };
    expect(await verifyStudy(changed, study)).toEqual(differs("mark", "r1"));
  });

  it("a mark taken away, or one more", async () => {
    const kept = result.recipe.marks?.regions ?? [];
    const extra: (typeof kept)[number] = { ...kept[0], id: "r2" };
    const changes: [typeof kept, RegExp][] = [
      [[], /^(r1|marks)$/],
      [[...kept, extra], /^(r2|marks)$/],
    ];
    for (const [regions, where] of changes) {
      const changed = {
        ...result,
        ...withRecipe(result, { marks: parseMarks({ schema: "etalon.marks/1", regions }) }),
      };
      expect(await verifyStudy(changed, study)).toEqual(differs("mark", expect.stringMatching(where)));
    }
  });

  it("parameter by parameter", async () => {
    const withThreshold = (of: Result, value: number) => ({
      parameters: of.recipe.parameters.map((record) => (record.id === "threshold" ? { ...record, value } : record)),
    });
    const tampered = { ...result, ...withRecipe(result, withThreshold(result, 131)) };
    expect(await verifyStudy(tampered, study)).toEqual(differs("parameter", "threshold"));
    // A value said to be the default that is not, its hash and the digest made anew.
    const other = forged(result, withRecipe(result, withThreshold(result, 131)));
    expect(await verifyStudy(other, study)).toEqual({
      verdict: "differs",
      difference: { kind: "parameter", where: "threshold", recorded: "131", found: "130" },
    });
    const overridden = await measured(study, { overrides: { threshold: 140 } });
    const changed = { ...overridden, ...withRecipe(overridden, withThreshold(overridden, 300)) };
    expect(await verifyStudy(changed, study)).toEqual(differs("parameter", "threshold"));
    // With everything made anew, the values betray it: 250 HU is no calcium from 300 HU on.
    const hidden = forged(overridden, withRecipe(overridden, withThreshold(overridden, 300)));
    expect(await verifyStudy(hidden, study)).toEqual(differs("value", "outputs.0.value"));
  });

  it("number by number", async () => {
    const none = await receiveFiles([]);
    const index = await runStudy(none, {
      protocol: "vascular/doppler-resistive-index",
      numbers: { "peak-systolic-velocity": 60, "end-diastolic-velocity": 18 },
    });
    const numbers = index.recipe.numbers.map((number) => ({ ...number, value: number.value + 1 }));
    const changed = { ...index, ...withRecipe(index, { numbers }) };
    expect(await verifyStudy(changed, none)).toEqual(differs("number", "peak-systolic-velocity"));
    expect(await verifyStudy(forged(index, withRecipe(index, { numbers })), none)).toEqual(
      differs("value", "outputs.0.value"),
    );
  });

  it("the version of the protocol, or that it is gone", async () => {
    const raised = catalog.map((protocol) => ({ ...protocol, version: "99.0.0" }));
    expect(await verifyStudy(result, study, { catalog: raised })).toEqual({
      verdict: "differs",
      difference: { kind: "version", where: "coronary/calcium-score", recorded: "1.0.0", found: "99.0.0" },
    });
    expect(await verifyStudy(result, study, { catalog: [] })).toMatchObject({
      difference: { kind: "version", found: "none" },
    });
  });
});
