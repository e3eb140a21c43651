import { describe, expect, test } from "vitest";
import type { ShownMap } from "../../measuring/measuring-messages.ts";
import { colourAt, scaleGradient } from "./colour-scale.ts";
import { fullestSlice, mapGroups, probeMap } from "./map-group.ts";
import { movedBy, placeUnder } from "./move-place.ts";
import { paintSlice } from "./paint-slice.ts";
import { qualityName } from "./quality-name.ts";
import { barTicks, changedRange, rangeTicks, usualRange } from "./value-range.ts";

const noSignal = { en: "no signal", fr: "aucun signal" };
const meanings = [{ en: "has a value", fr: "a une valeur" }, noSignal];

/** Two columns, two rows, two slices; a quantity unless it is said to be how good one is. */
function map(id: string, values: readonly number[], rest: Partial<ShownMap> = {}): ShownMap {
  return {
    ...{ id, unit: "ms", title: { en: id, fr: id }, isQuantity: false },
    ...{ columns: 2, rows: 2, slices: 2, columnSpacingMm: 1, rowSpacingMm: 1, positionsMm: [0, 8] },
    values: Float32Array.from(values),
    ...rest,
  };
}

const t1 = map("t1", [0, 800, 0, 0, 900, 1000, 0, 1234], { isQuantity: true });
const r2 = map("t1-r2", [0, 0.99, 0, 0, 0, 1, 0, 0.9], { unit: "1" });
const reason = map("t1-reason", [1, 0, 1, 1, 0, 0, 1, 0], { unit: "1", meanings });
const [group] = mapGroups([t1, r2, reason]);
if (group === undefined) throw new Error("no group");

describe("maps are grouped by the quantity", () => {
  test("with what says how good it is, and why it has no value", () => {
    expect(group).toEqual({ quantity: t1, quality: [r2], reasons: reason });
  });

  test("is named without the quantity", () => {
    const title = { en: "T1 map: residual, signal units", fr: "Cartographie T1 : résidu, unités de signal" };
    expect([qualityName({ title }, "en"), qualityName({ title }, "fr")]).toEqual([
      "Residual, signal units",
      "Résidu, unités de signal",
    ]);
  });

  test("the longest name counts, and a map alone has no quality", () => {
    const names = ["mbf", "mbf-rest", "mbf-rest-delay"];
    const maps = names.map((id, at) => map(id, [], { isQuantity: at < 2 }));
    expect(mapGroups(maps).map(({ quantity, quality }) => [quantity.id, quality.map(({ id }) => id)])).toEqual([
      ["mbf", []],
      ["mbf-rest", ["mbf-rest-delay"]],
    ]);
    expect(mapGroups([])).toEqual([]);
  });
});

describe("a voxel", () => {
  test("has its value, of each of its maps, also where that is 0", () => {
    expect(probeMap(group, t1, { column: 1, row: 1, slice: 1 })).toEqual({ kind: "value", value: 1234 });
    expect(probeMap(group, r2, { column: 0, row: 0, slice: 1 })).toEqual({ kind: "value", value: 0 });
  });

  test("has none, with the reason where one is known", () => {
    expect(probeMap(group, t1, { column: 0, row: 0, slice: 0 })).toEqual({ kind: "none", reason: noSignal });
    const [alone] = mapGroups([t1]);
    expect(alone && probeMap(alone, t1, { column: 0, row: 1, slice: 0 })).toEqual({ kind: "none", reason: undefined });
  });

  test("is found under the pointer, the last one at the edge", () => {
    expect(placeUnder(t1, 1, { x: 0.49, y: 0.51 })).toEqual({ column: 0, row: 1, slice: 1 });
    expect(placeUnder(t1, 1, { x: 1, y: -0.1 })).toEqual({ column: 1, row: 0, slice: 1 });
  });

  test("is found by the keys, which stay inside", () => {
    const from = { column: 0, row: 0, slice: 0 };
    const by = (key: string, shiftKey = false) => movedBy(t1, from, { key, shiftKey });
    expect([by("ArrowRight"), by("ArrowDown", true), by("PageUp"), by("ArrowLeft"), by("x")]).toEqual([
      { column: 1, row: 0, slice: 0 },
      { column: 0, row: 1, slice: 0 },
      { column: 0, row: 0, slice: 1 },
      from,
      undefined,
    ]);
  });

  test("the fullest slice comes first", () => {
    // One value against three.
    expect(fullestSlice(group)).toBe(1);
  });
});

describe("colours", () => {
  test("run from dark violet to yellow, ever brighter (viridis), and stop at the ends", () => {
    expect([colourAt(-1), colourAt(0), colourAt(1), colourAt(2)]).toEqual([
      [68, 1, 84],
      [68, 1, 84],
      [253, 231, 37],
      [253, 231, 37],
    ]);
    // Relative luminance, ITU-R BT.709, of every fifteenth of 256 colours: between neighbours rounding outweighs it.
    const brightness = Array.from({ length: 18 }, (_, at) => {
      const [red, green, blue] = colourAt(at / 17);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    for (const [at, value] of brightness.slice(1).entries()) expect(value).toBeGreaterThan(brightness[at] ?? 0);
    // matplotlib's viridis at 128 of 255.
    colourAt(128 / 255).forEach((channel, at) => {
      expect(Math.abs(channel - ([33, 145, 140][at] ?? 0))).toBeLessThanOrEqual(2);
    });
    expect(scaleGradient()).toMatch(/^linear-gradient\(to right, rgb\(68 1 84\), .*, rgb\(253 231 37\)\)$/);
  });

  test("paint what has a value and nothing else", () => {
    const pixels = paintSlice(group, t1, { slice: 1, range: { low: 900, high: 1000 } });
    expect([...pixels]).toEqual([...[68, 1, 84, 255], ...[253, 231, 37, 255], ...[0, 0, 0, 0], ...[253, 231, 37, 255]]);
  });
});

describe("the range of the colours", () => {
  test("is what a map says (flow: to 6), 0.8 to 1 for R², else from 0 to a round number above most values", () => {
    const flow = map("mbf", [0, 1, 2, 3, 0, 0, 0, 9], { isQuantity: true, unit: "mL/min/g", shownTo: 6 });
    expect(usualRange({ quantity: flow, quality: [], reasons: undefined }, flow)).toEqual({ low: 0, high: 6 });
    expect(usualRange(group, r2)).toEqual({ low: 0.8, high: 1 });
    // 98 % of three steps between four values is the third: 1000, itself round.
    expect(usualRange(group, t1)).toEqual({ low: 0, high: 1000 });
    const one = map("t2", [0, 43, 0, 0, 0, 0, 0, 0], { isQuantity: true });
    expect(usualRange({ quantity: one, quality: [], reasons: undefined }, one)).toEqual({ low: 0, high: 50 });
    const none = map("t2", [0, 0, 0, 0, 0, 0, 0, 0], { isQuantity: true });
    expect(usualRange({ quantity: none, quality: [], reasons: undefined }, none)).toEqual({ low: 0, high: 1 });
  });

  test("has round ticks, no more than asked for", () => {
    expect(rangeTicks({ low: 0, high: 6 }, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(rangeTicks({ low: 0.8, high: 1 }, 3)).toEqual([0.8, 0.9, 1]);
    expect(rangeTicks({ low: 0, high: 300 }, 4)).toEqual([0, 100, 200, 300]);
    expect(rangeTicks({ low: -3, high: 5 }, 3)).toEqual([0, 5]);
    expect(rangeTicks({ low: 1, high: 1 }, 3)).toEqual([1]);
    for (const most of [2, 3, 5, 7]) {
      for (const high of [1, 1.7, 6, 37, 250, 1199]) {
        expect(rangeTicks({ low: 0, high }, most).length).toBeLessThanOrEqual(most);
      }
    }
  });

  test("has a tick at both its ends", () => {
    // 200 is a third of the range below its end, and 0.7 / 3 of it is room.
    expect(barTicks({ low: 0, high: 300 }, 3)).toEqual([0, 200, 300]);
    expect(barTicks({ low: 0, high: 4.1 }, 7)).toEqual([0, 1, 2, 3, 4.1]);
  });

  test("is changed by a number that leaves it a range", () => {
    const range = { low: 0, high: 6 };
    expect(changedRange(range, "high", 3)).toEqual({ low: 0, high: 3 });
    expect([
      changedRange(range, "low", 6),
      changedRange(range, "high", ""),
      changedRange(range, "low", Number.NaN),
    ]).toEqual([undefined, undefined, undefined]);
  });
});
