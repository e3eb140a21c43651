import { labelRunsInSpace } from "@etalon/kernels";
import { averageToSlabs, type Volume } from "@etalon/volume";
import { requireDisjointRegions } from "../../region.ts";
import { remembering } from "../../remembering.ts";
import { type Acquisition, acquisitionOf } from "./acquisition.ts";
import { cutByClips } from "./cut-by-clips.ts";
import { graniCutPointsHu } from "./cut-points.ts";
import { type EvaluatedLesions, type Evaluation, evaluateLesions, isCounted } from "./evaluate.ts";
import { findHeartZone, type HeartZone, type HeartZoneLimits } from "./heart-zone.ts";
import type { CalciumScoreInputs } from "./inputs.ts";
import type { CountedLesion } from "./outputs.ts";
import type { ScoreRules } from "./score.ts";
import { findBrightRuns, findSliceLesions, type SliceLesions } from "./slice-lesions.ts";

/** What every answer about a scan starts from: the volume that is scored, its lesions, and which of them count. */
export interface CountedLesions {
  readonly acquisition: Acquisition;
  /** Of the parameter, else of the images; `null` where neither says it. */
  readonly tubeVoltageKv: number | null;
  /** The slabs of a thin stack, `undefined` where its slices are not averaged to slabs. */
  readonly average: (() => Volume) | undefined;
  /** The volume that is scored: as acquired, or slabs. */
  readonly volume: Volume;
  readonly zone: HeartZone;
  readonly evaluation: Evaluation;
  readonly evaluated: EvaluatedLesions;
  /** The lesions that count, named in scan order, by their index. */
  readonly counted: ReadonlyMap<number, CountedLesion>;
}

/**
 * Chooses the volume to score, finds its lesions and says which of them count.
 *
 * @throws {RefusalError} `overlapping-regions`
 */
export function countLesions(inputs: CalciumScoreInputs): CountedLesions {
  return countedOf(inputs, undefined);
}

/** Measuring and outlining ask the same of the same inputs. */
const countedOf = remembering(countAnew, () => "");

function countAnew(inputs: CalciumScoreInputs): CountedLesions {
  const { parameters, regions } = inputs;
  const { volume: acquired, stack } = inputs.roles["calcium-ct"];
  const acquisition = acquisitionOf(stack);
  const slabThicknessMm = parameters["reference-increment"];
  const isThin = acquired.sliceThicknessMm < parameters["thin-slice-limit"];
  // Slices that lie wider apart than a slab cannot be averaged to one.
  const canAverage = isThin && Math.min(...acquired.sliceIncrementsMm) <= slabThicknessMm;
  const average = canAverage ? () => slabsOf(acquired, slabThicknessMm) : undefined;
  const volume = average !== undefined && parameters["thickness-handling"] === "average-thin" ? average() : acquired;
  for (const grid of new Set([acquired, volume])) requireDisjointRegions(regions ?? [], grid);
  const tubeVoltageKv = parameters["tube-voltage"] ?? acquisition.tubeVoltagesKv.at(0) ?? null;
  const { zone, ...evaluation } = prepareEvaluation(volume, inputs, tubeVoltageKv);
  const evaluated = evaluateLesions({ ...evaluation, zone });
  return {
    acquisition,
    tubeVoltageKv,
    average,
    volume,
    zone,
    evaluation: { ...evaluation, zone },
    evaluated,
    counted: numberLesions(evaluated, regions !== null),
  };
}

const slabsOf = remembering(
  (acquired: Volume, slabThicknessMm: number) => averageToSlabs(acquired, { slabThicknessMm }),
  (slabThicknessMm) => slabThicknessMm,
);

const wholeRunsOf = remembering(
  (volume: Volume, threshold: number) => findBrightRuns(volume, [], threshold),
  (threshold) => threshold,
);

/** A volume ready to be scored, with the heart zone that proposals need. */
export function prepareEvaluation(
  volume: Volume,
  inputs: CalciumScoreInputs,
  tubeVoltageKv: number | null,
): EvaluationWithZone {
  const evaluation = prepareWithoutZone(volume, inputs, tubeVoltageKv);
  return { ...evaluation, zone: zoneOf(volume, zoneQuestion(inputs.parameters, evaluation.rules.cutPointsHu[0])) };
}

/** A volume ready to be scored where marks decide. */
export function prepareWithoutZone(
  volume: Volume,
  { parameters, regions }: CalciumScoreInputs,
  tubeVoltageKv: number | null,
): Evaluation {
  const rules = rulesOf(parameters, tubeVoltageKv);
  const runs = cutByClips(wholeRunsOf(volume, rules.cutPointsHu[0]), regions ?? [], volume);
  const found = new Map<4 | 8, SliceLesions>();
  return {
    volume,
    lesionsOf: (connectivity) => {
      const known = found.get(connectivity) ?? findSliceLesions(volume, runs, { regions: regions ?? [], connectivity });
      found.set(connectivity, known);
      return known;
    },
    regions,
    connectivity: parameters.connectivity === "8" ? 8 : 4,
    rules,
    boneVolumeMm3: parameters["bone-volume"],
    zone: undefined,
  };
}

type EvaluationWithZone = Evaluation & { readonly zone: HeartZone };

interface ZoneQuestion {
  readonly threshold: number;
  readonly limits: HeartZoneLimits;
}

function zoneQuestion(parameters: CalciumScoreInputs["parameters"], threshold: number): ZoneQuestion {
  return {
    threshold,
    limits: {
      tissueHu: parameters["tissue-limit"],
      lungWidthMm: parameters["lung-width"],
      heartWidthMm: parameters["heart-width"],
      spineClearanceMm: parameters["spine-clearance"],
    },
  };
}

/** The heart zone, of runs that no mark cuts: the spine must stay whole. */
const zoneOf = remembering(
  (volume: Volume, { threshold, limits }: ZoneQuestion): HeartZone => {
    const runs = wholeRunsOf(volume, threshold);
    const labels = labelRunsInSpace(runs);
    const volumesMm3 = new Float64Array(labels.count);
    for (let r = 0; r < runs.count; r++) {
      volumesMm3[labels.labels[r]] += (runs.end[r] - runs.start[r] + 1) * volume.sliceIncrementsMm[runs.slice[r]];
    }
    return findHeartZone(volume, { runs, labels, volumesMm3 }, limits);
  },
  ({ threshold, limits }) => [threshold, ...Object.values(limits)].join(" "),
);

/** The published thresholds of a tube voltage, `undefined` where none are asked for or none are published. */
export function publishedCutPoints(
  parameters: CalciumScoreInputs["parameters"],
  tubeVoltageKv: number | null,
): ScoreRules["cutPointsHu"] | undefined {
  if (parameters["tube-voltage-thresholds"] !== "grani-2018" || tubeVoltageKv === null) return undefined;
  return graniCutPointsHu(tubeVoltageKv);
}

function rulesOf(parameters: CalciumScoreInputs["parameters"], tubeVoltageKv: number | null): ScoreRules {
  return {
    cutPointsHu: publishedCutPoints(parameters, tubeVoltageKv) ?? [
      parameters.threshold,
      parameters["weight-2-from"],
      parameters["weight-3-from"],
      parameters["weight-4-from"],
    ],
    minimumAreaMm2: parameters["minimum-area"],
    minimumPixels: parameters["minimum-pixels"],
    peakOf: parameters["peak-of"] === "slice-lesion" ? "slice-lesion" : "whole-lesion",
    normalise: parameters["slice-normalisation"] === "increment",
    referenceIncrementMm: parameters["reference-increment"],
  };
}

/** The lesions that count, named in scan order, by their index. */
function numberLesions(evaluated: EvaluatedLesions, hasMarks: boolean): Map<number, CountedLesion> {
  const counted = new Map<number, CountedLesion>();
  evaluated.statuses.forEach((status, lesion) => {
    if (!isCounted(status, hasMarks)) return;
    const site = status.status === "assigned" ? { site: status.site } : {};
    counted.set(lesion, { item: `L${counted.size + 1}`, ...site, score: evaluated.scores[lesion] });
  });
  return counted;
}
