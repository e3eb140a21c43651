import type { FramePixels } from "@etalon/dicom";
import type { FrameDisplay } from "./frame-display.ts";
import { lookUp } from "./lookup-table.ts";
import type { DisplayWindow } from "./render-query.ts";

/** What is drawn of a monochrome frame: its stored values and how they become grey. */
export interface GreyFrame {
  readonly samples: FramePixels["samples"];
  readonly display: FrameDisplay;
}

/** Integers of more values than this are drawn one by one. */
const longestRamp = 65_536;

/**
 * The grey levels of a monochrome frame, 0 black to 255 white, rounded to the nearest. Without window or table the values
 * from the lowest to the highest, but for padding, are spread over all levels.
 */
export function drawGrey({ samples, display }: GreyFrame): Uint8Array {
  const [low, high] = storedRange(samples, display.padding);
  const levelOf = levelsBy(display, [low, high]);
  const grey = new Uint8Array(samples.length);
  if (samples instanceof Float32Array || samples instanceof Float64Array || high - low >= longestRamp) {
    for (let at = 0; at < samples.length; at++) grey[at] = levelOf(samples[at] ?? 0);
    return grey;
  }
  const [first, last] = storedRange(samples, undefined);
  if (last - first >= longestRamp) {
    for (let at = 0; at < samples.length; at++) grey[at] = levelOf(samples[at] ?? 0);
    return grey;
  }
  const ramp = Uint8Array.from({ length: last - first + 1 }, (_, index) => levelOf(first + index));
  for (let at = 0; at < samples.length; at++) grey[at] = ramp[(samples[at] ?? 0) - first] ?? 0;
  return grey;
}

/** The lowest and the highest value outside the padding; 0 and 0 where there is none. NaN is passed over. */
function storedRange(
  samples: FramePixels["samples"],
  padding: readonly [number, number] | undefined,
): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < samples.length; at++) {
    const value = samples[at] ?? 0;
    if (padding !== undefined && value >= padding[0] && value <= padding[1]) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

function levelsBy(display: FrameDisplay, [low, high]: readonly [number, number]): (stored: number) => number {
  const { rescaleSlope, rescaleIntercept, modalityTable, window, voiTable, isInverted } = display;
  const modality = (stored: number): number =>
    modalityTable === undefined ? stored * rescaleSlope + rescaleIntercept : lookUp(modalityTable, stored);
  const fraction = voiFraction({ window, voiTable, ends: [modality(low), modality(high)] });
  return (stored) => {
    const share = fraction(modality(stored));
    const level = Number.isNaN(share) ? 0 : Math.round(255 * share);
    return isInverted ? 255 - level : level;
  };
}

interface Voi {
  readonly window: DisplayWindow | undefined;
  readonly voiTable: FrameDisplay["voiTable"];
  /** Modality values that are drawn darkest and brightest where nothing else is said. */
  readonly ends: readonly [number, number];
}

function voiFraction({ window, voiTable, ends }: Voi): (value: number) => number {
  if (window !== undefined) return windowFraction(window);
  if (voiTable !== undefined) return (value) => lookUp(voiTable, value) / voiTable.maximum;
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return (value) => clamped(high === low ? 0 : (value - low) / (high - low));
}

/** The share of full brightness, 0 to 1 (PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2). */
function windowFraction({ center, width, shape }: DisplayWindow): (value: number) => number {
  if (shape === "SIGMOID") return (value) => 1 / (1 + Math.exp((-4 * (value - center)) / width));
  if (shape === "LINEAR_EXACT") return (value) => clamped((value - center) / width + 0.5);
  if (width === 1) return (value) => (value <= center - 0.5 ? 0 : 1);
  return (value) => clamped((value - (center - 0.5)) / (width - 1) + 0.5);
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}
