import {
  type Asked,
  buildConstructedFiles,
  type ConstructedCt,
  outputValue,
  receiveFiles,
  runStudy,
} from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseResult, type Result, resultSchema } from "./result.ts";

/** 8 × 8 × 4 voxels of 1 × 1 × 3 mm with one lesion of 2 × 2 pixels in slices 2 and 3 at 250 HU. */
const ct: ConstructedCt = {
  columns: 8,
  rows: 8,
  slices: 4,
  boxes: [{ columns: [2, 3], rows: [2, 3], slices: [1, 2], hu: 250 }],
};
const lad = { id: "r1", label: "LAD", shape: { kind: "sphere", centerLpsMm: [2.5, 2.5, 4.5], radiusMm: 5 } };
const files = buildConstructedFiles(ct);
const run = async (given: Iterable<{ name: string; bytes: Uint8Array }>, asked: Asked = {}): Promise<Result> =>
  runStudy(await receiveFiles(given), { regions: [lad], ...asked });

/** Another patient's series, of the same geometry. */
const stranger = buildConstructedFiles({ ...ct, boxes: [] }, { identity: "stranger", attributes: { Modality: "MR" } });
const renamed = (given: typeof files, prefix: string) =>
  given.map(({ name, bytes }) => ({ name: `${prefix}${name}`, bytes }));

describe("a result", () => {
  it("says the score, and fits its schema", async () => {
    const result = await run(files);
    // Two slices of 4 mm² × weight 2.
    expect(outputValue(result, "agatston-score", { site: "LAD" })).toBe(16);
    expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it("names every image by its hash, the marks and all parameters", async () => {
    const { recipe } = await run(files);
    expect(recipe.inputs).toHaveLength(4);
    expect(new Set(recipe.inputs.map(({ uid }) => uid)).size).toBe(4);
    expect(recipe.inputs.map(({ dataSetSha256 }) => dataSetSha256)).toEqual(
      recipe.inputs.map(({ dataSetSha256 }) => dataSetSha256).sort(),
    );
    expect(recipe.marks?.regions).toEqual([{ ...lad, mode: "assign" }]);
    expect(recipe.parameters.find(({ id }) => id === "threshold")).toEqual({
      id: "threshold",
      value: 130,
      unit: "[hnsf'U]",
      source: "default",
    });
  });

  it("is refused by its schema with a line more, a word for a number, or a hash cut short", async () => {
    const result = await run(files);
    const refused = (change: object): void =>
      expect(() => parseResult({ ...result, ...change })).toThrow(expect.objectContaining({ code: "schema-mismatch" }));
    refused({ comment: "x" });
    refused({ outputs: [{ ...result.outputs[0], value: "16" }] });
    refused({ digest: result.digest.slice(1) });
    refused({ schema: "etalon.result/2" });
  });
});

describe("the digest", () => {
  it("does not depend on the order of the files, their names, the build, or strangers among them", async () => {
    const { digest } = await run(files);
    const orders = fc.shuffledSubarray([...files], { minLength: files.length });
    await fc.assert(
      fc.asyncProperty(orders, fc.constantFrom("", "a/", "Z:\\"), fc.boolean(), async (order, prefix, isAmong) => {
        const given = renamed(order, prefix);
        const result = await run(isAmong ? [...renamed(stranger, "other/"), ...given] : given, {
          build: { etalon: prefix, engine: "another" },
        });
        expect(result.digest).toBe(digest);
      }),
      { numRuns: 20 },
    );
  });

  it("does not depend on copies among the files", async () => {
    const { digest } = await run(files);
    expect((await run([...files, ...renamed(files, "copy/")])).digest).toBe(digest);
  });

  it("changes with a pixel, a mark, a parameter, or no marks at all", async () => {
    const digests = await Promise.all([
      run(files),
      run(
        buildConstructedFiles({
          ...ct,
          boxes: [...(ct.boxes ?? []), { columns: [7, 7], rows: [7, 7], slices: [3, 3], hu: 41 }],
        }),
      ),
      run(files, { regions: [{ ...lad, label: "LCX" }] }),
      run(files, { regions: [] }),
      run(files, { overrides: { threshold: 131 } }),
      runStudy(await receiveFiles(files)),
    ]);
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(digests.length);
  });
});

describe("acquisitions of one series", () => {
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
    );

  it("are each a stack; the chosen one's digest is that of the acquisition alone", async () => {
    const both = [...acquisition(1, 250), ...renamed(acquisition(2, 450), "2/")];
    await expect(run(both)).rejects.toThrow(expect.objectContaining({ code: "ambiguous-series" }));
    const chosen = await run(both, { roleChoices: { "calcium-ct": "2.25.7/2" } });
    expect(outputValue(chosen, "agatston-score")).toBe(32);
    expect(chosen.recipe.roles).toEqual([{ role: "calcium-ct", stackId: "2.25.7/2", chosenBy: "user" }]);
    expect((await run(acquisition(2, 450))).digest).toBe(chosen.digest);
  });
});

describe("versions of one UID", () => {
  const [first, ...rest] = files;
  const [other] = buildConstructedFiles({ ...ct, backgroundHu: 41 });
  const conflicting = [first, { name: "other.dcm", bytes: other.bytes }, ...rest];

  it("are refused until one is chosen; the choice stands in the result in full", async () => {
    await expect(run(conflicting)).rejects.toThrow(expect.objectContaining({ code: "ambiguous-version" }));
    const { recipe } = await run([first, ...rest]);
    const { received } = await receiveFiles([first]);
    const uid = received.flatMap((item) => ("header" in item ? item.header.sopInstanceUid : []))[0];
    const hash = recipe.inputs.find((input) => input.uid === uid)?.dataSetSha256 ?? "";
    const chosen = await run(conflicting, { versionChoices: new Map([[uid, hash]]) });
    expect(chosen.recipe.choices).toEqual([{ uid, dataSetSha256: hash }]);
    expect(chosen.quality).toContainEqual({
      code: "version-chosen",
      severity: "warning",
      details: { sopInstanceUid: uid, dataSetSha256: hash },
    });
    // A hash may be given by its first digits; the result says it whole.
    const short = await run(conflicting, { versionChoices: new Map([[uid, hash.slice(0, 8).toUpperCase()]]) });
    expect(short.digest).toBe(chosen.digest);
    expect(parseResult(JSON.parse(JSON.stringify(short))).recipe.choices).toEqual(chosen.recipe.choices);
  });

  it("chosen among images that play no role leave no trace", async () => {
    const twice = [
      ...renamed(stranger, "s/"),
      ...renamed(buildConstructedFiles(ct, { identity: "stranger", attributes: { Modality: "MR" } }), "t/"),
    ];
    const { received } = await receiveFiles(stranger);
    const choices = received.flatMap((item) =>
      "header" in item ? ([[item.header.sopInstanceUid, item.dataSetSha256]] as const) : [],
    );
    const result = await run([...files, ...twice], { versionChoices: new Map(choices) });
    expect(result.recipe.choices).toEqual([]);
    expect(result.digest).toBe((await run(files)).digest);
  });
});

describe("asking for what is not there", () => {
  it.each([
    { asked: { numbers: { "peak-velocity": 1 } }, code: "unknown-name", field: "role" },
    { asked: { roleChoices: { "other-ct": "1.2" } }, code: "unknown-name", field: "role" },
    { asked: { roleChoices: { "calcium-ct": "1.2" } }, code: "unknown-choice", field: "calcium-ct" },
    { asked: { overrides: { treshold: 131 } }, code: "unknown-name", field: "parameter" },
  ])("is refused with $code on $field", async ({ asked, code, field }) => {
    await expect(run(files, asked)).rejects.toThrow(expect.objectContaining({ code, field }));
  });

  it("is refused for a number that is missing", async () => {
    const asked = { protocol: "vascular/doppler-resistive-index", numbers: { "peak-systolic-velocity": 60 } };
    await expect(runStudy(await receiveFiles([]), asked)).rejects.toThrow(
      expect.objectContaining({ code: "missing-value", field: "end-diastolic-velocity" }),
    );
  });

  it("is refused for a number given to a role of images", async () => {
    await expect(run(files, { numbers: { "calcium-ct": 3 } })).rejects.toThrow(
      expect.objectContaining({ code: "wrong-type", field: "calcium-ct" }),
    );
  });
});
