import { catalog, type RoleMatch, type SeriesRole, type WeightedRole } from "@etalon/measure";
import { buildReceivedInstance } from "@etalon/testing";
import { buildLedger, type Stack } from "@etalon/volume";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PictureStack } from "../reading/picture-stacks.ts";
import { madeStack } from "../reading/testing/made-stack.ts";
import { fitsStudy, matchRoles, roleChoice, withParameter } from "./role-candidates.ts";

const [some] = catalog;
if (some === undefined) throw new Error("an empty catalogue");

/** A stack whose rank is told by its series: "1.7" has rank 7, "1.0" only a reader may choose, "1.x" nobody. */
function stackOf(name: string, slices = 20): PictureStack {
  const id = `1.${name}`;
  const made = madeStack({ id, slices, spacingMm: 3 });
  // A role asks its stack for no more.
  const stack = { seriesInstanceUid: id, slicePositionsMm: Array(slices).fill(0) } as unknown as Stack;
  return { ...made, stack };
}

function roleOf(more: Partial<SeriesRole>): SeriesRole {
  const match = ({ seriesInstanceUid }: Stack): RoleMatch => {
    const rank = Number(seriesInstanceUid.split(".")[1]);
    if (rank > 0) return { fits: true, rank };
    return { fits: false, reason: "not-ct", mayBeChosen: rank === 0 };
  };
  return { kind: "series", title: { en: "r", fr: "r" }, unit: "[hnsf'U]", minimumSlices: 10, match, ...more };
}

const protocolOf = (roles: Readonly<Record<string, SeriesRole>>): typeof some => ({ ...some, roles });
const matched = (stacks: readonly PictureStack[], choice?: string, more: Partial<SeriesRole> = {}) => {
  const [matching] = matchRoles(protocolOf({ ct: roleOf(more) }), stacks, choice === undefined ? {} : { ct: choice });
  if (matching === undefined) throw new Error("a role without an answer");
  return matching;
};

test("what fits is ranked, what only a reader may choose stands last, what fits nothing is left out", () => {
  const { candidates, chosen } = matched([stackOf("0"), stackOf("3"), stackOf("x"), stackOf("7")]);
  expect(candidates.map(({ stack, rank, isByHandOnly }) => [stack.id, rank, isByHandOnly])).toEqual([
    ["1.7", 7, false],
    ["1.3", 3, false],
    ["1.0", -1, true],
  ]);
  expect(chosen?.id).toBe("1.7");
});

test("a stack without a place plays nothing", () => {
  expect(matched([{ ...stackOf("7"), stack: undefined }]).candidates).toEqual([]);
});

test("of two that fit alike none is chosen; the reader's choice is, with its phase", () => {
  const other = { ...stackOf("7"), id: "b", seriesInstanceUid: "1.8" };
  expect(matched([stackOf("7"), other]).chosen).toBeUndefined();
  expect(matched([stackOf("7"), other], "1.8@4")).toMatchObject({ chosen: { id: "b" }, phase: 4 });
  expect(matched([stackOf("7"), other], "1.7")).toMatchObject({ chosen: { id: "1.7" }, phase: undefined });
});

test("only a reader chooses what speaks against itself", () => {
  expect(matched([stackOf("0")]).chosen).toBeUndefined();
  expect(matched([stackOf("0")], "1.0").chosen?.id).toBe("1.0");
});

test("a stack with slices enough comes before a better one without; where none has them the best is asked", () => {
  expect(matched([stackOf("9", 2), stackOf("3")]).chosen?.id).toBe("1.3");
  expect(matched([stackOf("9", 2), stackOf("3", 2)]).chosen?.id).toBe("1.9");
});

test("an optional input is played by what the reader chose, else by nothing", () => {
  expect(matched([stackOf("7")], undefined, { isOptional: true }).chosen).toBeUndefined();
  expect(matched([stackOf("7")], "1.7", { isOptional: true }).chosen?.id).toBe("1.7");
});

test("a choice of a series that is not there leaves the best", () => {
  expect(matched([stackOf("7")], "1.99").chosen?.id).toBe("1.7");
});

test("a protocol fits a study where each needed input is played, and one at least is", () => {
  const needed = roleOf({});
  const optional = roleOf({ isOptional: true });
  expect(fitsStudy(protocolOf({ a: needed, b: optional }), [stackOf("7")])).toBe(true);
  expect(fitsStudy(protocolOf({ a: needed }), [stackOf("0")])).toBe(false);
  expect(fitsStudy(protocolOf({ a: optional }), [])).toBe(false);
  expect(fitsStudy(protocolOf({ a: optional }), [stackOf("7")])).toBe(true);
});

test("a choice is read as it is written, whatever its series and phase", () => {
  const uid = fc.array(fc.nat({ max: 9999 }), { minLength: 2, maxLength: 6 }).map((parts) => parts.join("."));
  fc.assert(
    fc.property(uid, fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }), (seriesInstanceUid, phase) => {
      const stack = { ...stackOf("7"), seriesInstanceUid };
      const matching = matched([stack, stackOf("9")], roleChoice(seriesInstanceUid, phase));
      expect([matching.chosen?.seriesInstanceUid, matching.phase]).toEqual([seriesInstanceUid, phase]);
    }),
  );
});

test("a parameter is set with its source, keeps it, and goes with it", () => {
  const set = withParameter({ other: 1 }, "threshold", { value: 130, source: "site" });
  expect(set).toEqual({ other: 1, threshold: 130, "threshold-source": "site" });
  expect(withParameter(set, "threshold", { value: 120 })).toEqual({ ...set, threshold: 120 });
  expect(withParameter(set, "threshold", { value: 120, source: "" })).toEqual({ other: 1, threshold: 120 });
  expect(withParameter(set, "threshold", { value: undefined })).toEqual({ other: 1 });
});

/** A series of one place, its images of these inversion times. */
function inversionStack(series: string, timesMs: readonly number[]): PictureStack {
  const received = timesMs.map((inversionTimeMs) =>
    buildReceivedInstance(`${series}-${inversionTimeMs}`, {
      ...{ modality: "MR", seriesInstanceUid: series },
      frames: [{ axes: { inversionTimeMs } }],
    }),
  );
  const [stack] = buildLedger(received, new Map()).stacks;
  if (stack === undefined) throw new Error("no stack");
  return { ...madeStack({ id: series, slices: 1, spacingMm: 8, modality: "MR" }), stack };
}

test("an input of several weighted images is all series that may be them, or the one that holds them all", () => {
  const weighted: WeightedRole = {
    ...roleOf({ minimumSlices: 1, match: () => ({ fits: true, rank: 0 }) }),
    ...{ weightedBy: ["inversionTimeMs"], minimumWeightings: 2 },
  };
  const seriesOf = (stacks: readonly PictureStack[], choice?: string) => matched(stacks, choice, weighted).series;
  const parts = [inversionStack("1.1", [50]), inversionStack("1.2", [400]), inversionStack("1.3", [1100])];
  expect(seriesOf(parts)).toEqual(["1.1", "1.2", "1.3"]);
  expect(seriesOf(parts, "1.2")).toEqual(["1.2", "1.1", "1.3"]);
  const whole = inversionStack("1.9", [100, 180, 260]);
  expect(seriesOf([...parts, whole], "1.9")).toEqual(["1.9"]);
  expect(matched(parts, undefined, { ...weighted, isOptional: true }).series).toEqual([]);
});
