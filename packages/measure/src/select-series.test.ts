import { buildReceivedInstance, type HeaderOverrides } from "@etalon/testing";
import { buildLedger, type Ledger } from "@etalon/volume";
import { describe, expect, it } from "vitest";
import { calciumScore } from "./coronary/calcium-score/protocol.ts";
import { selectSeries } from "./select-series.ts";

const role = { id: "calcium-ct", role: calciumScore.roles["calcium-ct"] };

/** A series of slices 3 mm apart. */
const series = (
  uid: string,
  slices: number,
  { frame, ...header }: HeaderOverrides & { readonly frame?: object } = {},
) =>
  Array.from({ length: slices }, (_, k) =>
    buildReceivedInstance(`${uid}-${k}`, {
      seriesInstanceUid: uid,
      sopInstanceUid: `${uid}.${k + 1}`,
      ...header,
      frames: [{ positionLpsMm: [0, 0, 3 * k], ...frame }],
    }),
  );
const ledgerOf = (...all: readonly ReturnType<typeof series>[]): Ledger => buildLedger(all.flat(), new Map());
const chosen = (ledger: Ledger, choice?: string): [string, string] => {
  const { stack, chosenBy } = selectSeries(ledger, role, choice);
  return [stack.id, chosenBy];
};

describe("the series of a calcium score", () => {
  it("is the only one that fits", () => {
    expect(chosen(ledgerOf(series("1.1", 3), series("1.2", 3, { modality: "MR" })))).toEqual(["1.1", "rule"]);
  });

  it.each([
    ["2.5 mm slices before 1 mm", { thickness: 2.5 }, { thickness: 1 }],
    ["3 mm slices before 5 mm", { thickness: 3 }, { thickness: 5 }],
    ["a soft kernel before a sharp one", { kernel: "FC12" }, { kernel: "FC52" }],
    ["no contrast agent before one", {}, { agent: "IOMERON" }],
    ["thin slices without agent before 3 mm slices with one", { thickness: 1 }, { agent: "IOMERON" }],
  ] as const)("is the better one: %s", (_, better, worse) => {
    const build = (uid: string, { thickness = 3, kernel = "FC12", agent = "" }: Record<string, unknown>) =>
      series(uid, 3, {
        convolutionKernel: String(kernel),
        contrastBolusAgent: String(agent),
        frame: { sliceThicknessMm: thickness },
      });
    expect(chosen(ledgerOf(build("1.1", better), build("1.2", worse)))).toEqual(["1.1", "rule"]);
    expect(chosen(ledgerOf(build("1.1", worse), build("1.2", better)))).toEqual(["1.2", "rule"]);
  });

  it("is one with more than a single slice", () => {
    expect(chosen(ledgerOf(series("1.1", 1), series("1.2", 3, { convolutionKernel: "FC52" })))).toEqual([
      "1.2",
      "rule",
    ]);
  });

  it("is the one that the user names, by series or by stack", () => {
    const ledger = ledgerOf(series("1.1", 3), series("1.2", 3));
    expect(chosen(ledger, "1.2")).toEqual(["1.2", "user"]);
    const split = ledgerOf(series("1.1", 3), series("1.1", 4, { rows: 8, sopInstanceUid: "" }));
    const [, second] = split.stacks;
    expect(chosen(split, second.id)).toEqual([second.id, "user"]);
    expect(() => chosen(split, "1.1")).toThrow(expect.objectContaining({ code: "ambiguous-series" }));
  });
});

describe("is refused", () => {
  const refused = (ledger: Ledger, expected: object, choice?: string): void =>
    expect(() => chosen(ledger, choice)).toThrow(expect.objectContaining(expected));

  it("where there is no image", () => refused(ledgerOf(), { code: "no-images", field: "calcium-ct" }));

  it.each([
    ["not-ct", { modality: "MR" }, {}],
    ["localizer", { imageType: ["ORIGINAL", "PRIMARY", "LOCALIZER"] }, {}],
    ["not-axial", {}, { orientation: [1, 0, 0, 0, 0, -1] }],
    ["not-chest", { bodyPartExamined: "HEAD" }, {}],
  ])("where none fits: %s", (reason, header, frame) => {
    refused(ledgerOf(series("1.1", 3, { ...(header as HeaderOverrides), frame })), {
      code: "no-series-for-role",
      details: expect.objectContaining({ reasons: expect.stringContaining(`: ${reason}`) }),
    });
  });

  it("where two fit alike", () => {
    refused(ledgerOf(series("1.1", 3), series("1.2", 3)), { code: "ambiguous-series", received: "1.1, 1.2" });
  });

  it("where the choice names nothing", () => {
    refused(ledgerOf(series("1.1", 3)), { code: "unknown-choice", field: "calcium-ct", received: "9.9" }, "9.9");
  });

  it("for a single slice, or several series of one", () => {
    refused(ledgerOf(series("1.1", 1)), { code: "single-slice", field: "1.1" });
    refused(ledgerOf(series("1.1", 1), series("1.2", 1)), { code: "single-slice" });
    refused(ledgerOf(series("1.1", 1)), { code: "single-slice" }, "1.1");
  });

  it("where two frames lie at one place", () => {
    const twice = series("1.1", 3, { frame: { sliceThicknessMm: 2 } }).map((instance, k) => ({
      ...instance,
      path: `twice-${k}`,
      dataSetSha256: `${k}`.repeat(64),
      header: { ...instance.header, sopInstanceUid: `1.1.${k + 10}` },
    }));
    refused(ledgerOf(series("1.1", 3), twice), { code: "overlapping-frames", field: "1.1" });
  });

  it("where one UID has several data sets", () => {
    const other = buildReceivedInstance(
      "other",
      { seriesInstanceUid: "1.1", sopInstanceUid: "1.1.2", frames: [{ positionLpsMm: [0, 0, 3] }] },
      "other pixels",
    );
    refused(ledgerOf(series("1.1", 3), [other]), { code: "ambiguous-version", field: "1.1.2" });
  });
});
