import type { WeightedInput } from "../../protocol.ts";
import type { t1Models } from "./parameters.ts";

/** A model that can be fitted. */
export type T1Model = Exclude<(typeof t1Models)[number], "by-images">;

/** The model that is fitted, and what said so. */
export interface ChosenModel {
  readonly model: T1Model;
  readonly because: "asked" | "flip-angles-vary" | "series-name" | "low-flip-angle" | "spin-echo" | "nothing-said";
}

/** Readouts of lower flip angle drive the recovery, as MOLLI's do; a spin echo is read with 90 degrees. */
const lowFlipDeg = 60;

/** The model that is asked for, or the one that the images speak for. */
export function chooseModel(asked: (typeof t1Models)[number], input: WeightedInput): ChosenModel {
  if (asked !== "by-images") return { model: asked, because: "asked" };
  if (input.weighting === "flipAngleDeg") return { model: "vfa", because: "flip-angles-vary" };
  const { header } = input.stack.frames[0].instance;
  const name = `${header.seriesDescription ?? ""} ${header.protocolName ?? ""}`;
  if (/sasha|saturation.?recovery/i.test(name)) return { model: "sasha-3", because: "series-name" };
  if (/molli|look.?locker/i.test(name)) return { model: "molli", because: "series-name" };
  const flips = input.stack.frames.flatMap((frame) => frame.header.axes.flipAngleDeg ?? []);
  if (flips.length === 0) return { model: "inversion-recovery", because: "nothing-said" };
  if (Math.max(...flips) < lowFlipDeg) return { model: "molli", because: "low-flip-angle" };
  return { model: "inversion-recovery", because: "spin-echo" };
}
