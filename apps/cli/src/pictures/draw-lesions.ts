import type { Result } from "@etalon/measure";
import type { Stack, StackFrame } from "@etalon/volume";
import { encode } from "fast-png";
import type { ReadStudy } from "../sources/read-study.ts";
import { type Crop, cropPicture, sheetOf } from "./crop-picture.ts";

/** A picture file ready to be written. */
export interface Picture {
  readonly name: string;
  readonly png: Uint8Array;
}

/** Lesions drawn; a study with more has the others in its `result.json`. */
const MOST_LESIONS = 60;

/**
 * A picture of every lesion that counts, in the slice where it is largest, and one sheet of all of them. The pixels at or
 * above the threshold are outlined. Results without images have no pictures.
 */
export async function drawLesions(result: Result, study: ReadStudy): Promise<Picture[]> {
  const stackId = result.recipe.roles.at(0)?.stackId;
  const stack = study.ledger.stacks.find(({ id }) => id === stackId);
  const threshold = result.recipe.parameters.find(({ id }) => id === "threshold")?.value;
  if (stack === undefined || typeof threshold !== "number") return [];
  const pictures: Picture[] = [];
  const crops: Crop[] = [];
  for (const { item, site, measures } of result.candidates) {
    const center = readPoint(measures.centroidLpsMm);
    if (item === undefined || center === undefined) continue;
    if (crops.length === MOST_LESIONS) break;
    const frame = nearestFrame(stack, center);
    const crop = cropPicture(await study.readFrame(frame), frame, { centerLpsMm: center, threshold, stack });
    crops.push(crop);
    const place = site === undefined ? "" : `-${site.replace(/[^A-Za-z0-9_-]/g, "_")}`;
    pictures.push({ name: `lesion-${item}${place}.png`, png: encode({ ...crop, channels: 3 }) });
  }
  if (crops.length > 0) pictures.push({ name: "lesions.png", png: encode({ ...sheetOf(crops), channels: 3 }) });
  return pictures;
}

function readPoint(value: unknown): [number, number, number] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [x, y, z]: unknown[] = value;
  return typeof x === "number" && typeof y === "number" && typeof z === "number" ? [x, y, z] : undefined;
}

function nearestFrame(stack: Stack, [x, y, z]: readonly [number, number, number]): StackFrame {
  const along = x * stack.normal[0] + y * stack.normal[1] + z * stack.normal[2];
  return stack.frames.reduce((best, frame) =>
    Math.abs(frame.alongNormalMm - along) < Math.abs(best.alongNormalMm - along) ? frame : best,
  );
}
