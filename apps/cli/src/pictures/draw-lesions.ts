import type { ItemMask, Result } from "@etalon/measure";
import type { KeyImage } from "@etalon/report";
import type { Stack, StackFrame } from "@etalon/volume";
import { encode } from "fast-png";
import type { ReadStudy } from "../sources/read-study.ts";
import { type Crop, cropPicture, sheetOf } from "./crop-picture.ts";
import { largestSliceOf } from "./lesion-slice.ts";

/** The lesions of a result, drawn. */
export interface LesionPictures {
  readonly keyImages: readonly KeyImage[];
  /** All of them on one sheet, as PNG; absent where there is none. */
  readonly sheetPng?: Uint8Array;
}

/** Lesions drawn, the largest of a study with more; the others are in its `result.json`. */
const MOST_LESIONS = 60;

/**
 * A picture of every lesion that counts, in the slice where it is largest, and one sheet of all of them. What is counted of
 * it is outlined, nothing else. Results without images have no pictures.
 *
 * @param mask of the same inputs as the result
 */
export async function drawLesions(result: Result, mask: ItemMask | null, study: ReadStudy): Promise<LesionPictures> {
  const stackId = result.recipe.roles.at(0)?.stackId;
  const stack = study.ledger.stacks.find(({ id }) => id === stackId);
  if (stack === undefined || mask === null) return { keyImages: [] };
  const keyImages: KeyImage[] = [];
  const crops: Crop[] = [];
  for (const drawn of drawnItems(mask)) {
    const { item, site } = drawn;
    const lesion = largestSliceOf(mask, drawn);
    const frame = nearestFrame(stack, lesion.centerLpsMm);
    const crop = cropPicture(await study.readFrame(frame), frame, { ...lesion, stack });
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

/** The items that have voxels, in their order; of too many, the largest. */
function drawnItems({ items }: ItemMask): ItemMask["items"] {
  const some = items.filter(({ voxels }) => voxels.length > 0);
  const largest = new Set(some.toSorted((a, b) => b.voxels.length - a.voxels.length).slice(0, MOST_LESIONS));
  return some.filter((item) => largest.has(item));
}

/** Name of a key image's file: "lesion-L1-LAD.png". */
export function pictureName({ id, site }: KeyImage): string {
  return `${id}${site === undefined ? "" : `-${site.replace(/[^A-Za-z0-9_-]/g, "_")}`}.png`;
}

function nearestFrame(stack: Stack, [x, y, z]: readonly [number, number, number]): StackFrame {
  const along = x * stack.normal[0] + y * stack.normal[1] + z * stack.normal[2];
  return stack.frames.reduce((best, frame) =>
    Math.abs(frame.alongNormalMm - along) < Math.abs(best.alongNormalMm - along) ? frame : best,
  );
}
