import type { Result } from "@etalon/measure";
import type { KeyImage } from "@etalon/report";
import type { Stack, StackFrame } from "@etalon/volume";
import { encode } from "fast-png";
import type { ReadStudy } from "../sources/read-study.ts";
import { type Crop, cropPicture, sheetOf } from "./crop-picture.ts";

/** The lesions of a result, drawn. */
export interface LesionPictures {
  readonly keyImages: readonly KeyImage[];
  /** All of them on one sheet, as PNG; absent where there is none. */
  readonly sheetPng?: Uint8Array;
}

/** Lesions drawn; a study with more has the others in its `result.json`. */
const MOST_LESIONS = 60;

/**
 * A picture of every lesion that counts, in the slice where it is largest, and one sheet of all of them. The pixels at or
 * above the threshold are outlined. Results without images have no pictures.
 */
export async function drawLesions(result: Result, study: ReadStudy): Promise<LesionPictures> {
  const stackId = result.recipe.roles.at(0)?.stackId;
  const stack = study.ledger.stacks.find(({ id }) => id === stackId);
  const threshold = result.recipe.parameters.find(({ id }) => id === "threshold")?.value;
  if (stack === undefined || typeof threshold !== "number") return { keyImages: [] };
  const keyImages: KeyImage[] = [];
  const crops: Crop[] = [];
  for (const { item, site, measures } of result.candidates) {
    const center = readPoint(measures.centroidLpsMm);
    if (item === undefined || center === undefined) continue;
    if (crops.length === MOST_LESIONS) break;
    const frame = nearestFrame(stack, center);
    const crop = cropPicture(await study.readFrame(frame), frame, { centerLpsMm: center, threshold, stack });
    crops.push(crop);
    keyImages.push({
      id: `lesion-${item}`,
      item,
      ...(site === undefined ? {} : { site }),
      width: crop.width,
      height: crop.height,
      rgb: crop.data,
      png: encode({ ...crop, channels: 3 }),
      sourceSopInstanceUid: frame.instance.header.sopInstanceUid,
    });
  }
  return crops.length === 0 ? { keyImages } : { keyImages, sheetPng: encode({ ...sheetOf(crops), channels: 3 }) };
}

/** Name of a key image's file: "lesion-L1-LAD.png". */
export function pictureName({ id, site }: KeyImage): string {
  return `${id}${site === undefined ? "" : `-${site.replace(/[^A-Za-z0-9_-]/g, "_")}`}.png`;
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
