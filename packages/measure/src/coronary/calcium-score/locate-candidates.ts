import type { CandidateRuns } from "../../protocol.ts";
import { countLesions } from "./count-lesions.ts";
import type { CalciumScoreInputs } from "./inputs.ts";

/**
 * Every voxel at or above the threshold, with the candidate that it belongs to: on the volume that is scored (slabs where
 * thin slices were averaged).
 *
 * @throws {RefusalError} `overlapping-regions`
 */
export function locateCandidates(inputs: CalciumScoreInputs): CandidateRuns {
  const { volume, evaluated } = countLesions(inputs);
  const { runs, ofRun, lesion } = evaluated.found;
  const { slice, row, start, end } = runs;
  const candidate = new Int32Array(ofRun.length);
  for (let r = 0; r < ofRun.length; r++) candidate[r] = lesion[ofRun[r]];
  // Of the volume where its voxels lie, not what they hold: this travels between threads.
  const { values: _values, padding: _padding, unit: _unit, ...grid } = volume;
  return { grid, slice, row, start, end, candidate, part: ofRun };
}
