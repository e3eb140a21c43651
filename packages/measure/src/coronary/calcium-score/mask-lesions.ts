import type { ItemMask } from "../../protocol.ts";
import { countLesions } from "./count-lesions.ts";
import type { CalciumScoreInputs } from "./inputs.ts";
import { countsInScore } from "./score.ts";

/**
 * The voxels of every lesion that counts, on the volume that is scored (slabs where thin slices were averaged): those of
 * its slice-lesions that add to the score, found by the functions that measure it. Their summed volume is the lesion's
 * volume score.
 *
 * @throws {RefusalError} `overlapping-regions`
 */
export function maskLesions(inputs: CalciumScoreInputs): ItemMask {
  const { volume, evaluation, evaluated, counted } = countLesions(inputs);
  const { found } = evaluated;
  const { runs } = found;
  const isOfScore = Uint8Array.from({ length: found.count }, (_, c) =>
    countsInScore(volume, found.pixels[c], evaluation.rules) ? 1 : 0,
  );
  const sizes = new Int32Array(found.lesionCount);
  for (let c = 0; c < found.count; c++) if (isOfScore[c] === 1) sizes[found.lesion[c]] += found.pixels[c];
  const voxels = new Map([...counted.keys()].map((lesion) => [lesion, new Int32Array(sizes[lesion])]));
  const filled = new Int32Array(found.lesionCount);
  for (let r = 0; r < runs.count; r++) {
    const lesion = found.lesion[found.ofRun[r]];
    const own = voxels.get(lesion);
    if (own === undefined || isOfScore[found.ofRun[r]] === 0) continue;
    const row = (runs.slice[r] * volume.rows + runs.row[r]) * volume.columns;
    for (let x = runs.start[r]; x <= runs.end[r]; x++) own[filled[lesion]++] = row + x;
  }
  return {
    grid: volume,
    items: [...counted].map(([lesion, { item, site }]) => ({
      item,
      ...(site === undefined ? {} : { site }),
      voxels: voxels.get(lesion) ?? new Int32Array(0),
    })),
  };
}
