import type { Volume } from "@etalon/volume";
import type { ResolvedRegion } from "../../region.ts";
import { remembering } from "../../remembering.ts";
import { classifyLesions, type LesionStatus } from "./classify.ts";
import { type HeartZone, hasHeart } from "./heart-zone.ts";
import { type LesionScore, type ScoreRules, scoreLesions } from "./score.ts";
import type { SliceLesions } from "./slice-lesions.ts";

/** One way of scoring a volume whose bright runs are known. */
export interface Evaluation {
  readonly volume: Volume;
  /** Slice-lesions by connectivity, found once for all the ways that share it. */
  readonly lesionsOf: (connectivity: 4 | 8) => SliceLesions;
  /** `null` without marks: then the candidates count. */
  readonly regions: readonly ResolvedRegion[] | null;
  readonly connectivity: 4 | 8;
  readonly rules: ScoreRules;
  readonly boneVolumeMm3: number;
  /** Absent where nobody asks what lies outside the heart: with marks, only what they assign counts. */
  readonly zone: HeartZone | undefined;
}

/** Lesions with their scores and statuses, index by index. */
export interface EvaluatedLesions {
  readonly found: SliceLesions;
  readonly scores: readonly LesionScore[];
  readonly statuses: readonly LesionStatus[];
}

/** Finds, scores and classifies the lesions of a volume. */
export function evaluateLesions(evaluation: Evaluation): EvaluatedLesions {
  const { volume, lesionsOf, connectivity, rules, boneVolumeMm3, zone } = evaluation;
  const found = lesionsOf(connectivity);
  const scores = scoresOf(found, { volume, rules });
  // Without a heart zone there is nothing to be outside of: what would be left out unseen is proposed instead.
  const place = zone !== undefined && hasHeart(zone) ? zone : undefined;
  return { found, scores, statuses: classifyLesions(volume, found, { scores, boneVolumeMm3, zone: place }) };
}

/** Lesions are those of one volume. */
const scoresOf = remembering(
  (found: SliceLesions, { volume, rules }: Pick<Evaluation, "volume" | "rules">) => scoreLesions(volume, found, rules),
  ({ rules }) =>
    [
      ...[...rules.cutPointsHu, rules.minimumAreaMm2, rules.minimumPixels],
      ...[rules.peakOf, rules.normalise, rules.referenceIncrementMm],
    ].join(" "),
);

/** Whether a lesion is in the score: what the marks assign, or, without marks, the candidates. */
export function isCounted(status: LesionStatus, hasMarks: boolean): boolean {
  return status.status === (hasMarks ? "assigned" : "candidate");
}

/** Agatston score of everything that counts. Sums in scan order. */
export function totalAgatston(evaluation: Evaluation): number {
  if (evaluation.regions !== null) return assignedAgatston(evaluation);
  const { scores, statuses } = evaluateLesions(evaluation);
  let total = 0;
  scores.forEach((score, lesion) => {
    if (isCounted(statuses[lesion], false)) total += score.agatston;
  });
  return total;
}

/** Of what marks assign, which needs no place in the body: a lesion has the site of each of its slice-lesions. */
function assignedAgatston({ volume, lesionsOf, connectivity, rules }: Evaluation): number {
  const found = lesionsOf(connectivity);
  const isAssigned = new Uint8Array(found.lesionCount);
  for (let c = 0; c < found.count; c++) if (found.site[c] !== -1) isAssigned[found.lesion[c]] = 1;
  let total = 0;
  scoresOf(found, { volume, rules }).forEach(({ agatston, slices }, lesion) => {
    if (isAssigned[lesion] === 1 && slices > 0) total += agatston;
  });
  return total;
}
