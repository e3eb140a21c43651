import { RefusalError } from "@etalon/base";
import { labelRunsInSpace, type Runs } from "@etalon/kernels";
import { averageToSlabs, type Volume } from "@etalon/volume";
import type { Candidate, MeasureInputs, Measurement, SeriesRole } from "../../protocol.ts";
import { requireDisjointRegions, touchesVolume } from "../../region.ts";
import { type Acquisition, acquisitionOf } from "./acquisition.ts";
import { calciumCategory } from "./categories.ts";
import { type LesionStatus, largestSliceLesions, lesionVolumesMm3 } from "./classify.ts";
import { measureBloodPool } from "./contrast.ts";
import { graniCutPointsHu } from "./cut-points.ts";
import { type EvaluatedLesions, type Evaluation, evaluateLesions, isCounted } from "./evaluate.ts";
import { findHeartZone, type HeartZone, hasHeart, isBodyCut } from "./heart-zone.ts";
import { type CountedLesion, listOutputs } from "./outputs.ts";
import type { CalciumScoreParameters } from "./parameters.ts";
import { noteQuality, type QualityFacts } from "./quality.ts";
import type { ScoreRules } from "./score.ts";
import { varyChoices } from "./sensitivity.ts";
import { findBrightRuns, findSliceLesions, type SliceLesions, worldOf } from "./slice-lesions.ts";

/** The one input of the calcium score: an unenhanced axial CT of the heart. */
export type CalciumScoreRoles = Readonly<Record<"calcium-ct", SeriesRole>>;

/** What the calcium score reads. */
export type CalciumScoreInputs = MeasureInputs<CalciumScoreRoles, CalciumScoreParameters>;

/**
 * Coronary calcium score of an axial CT: Agatston score, volume, mass where calibrated, by site and by lesion.
 *
 * Slices thinner than the limit are averaged to slabs first. Components at or above the threshold are lesions; what the
 * marks assign counts, and without marks the candidates do, provisionally.
 *
 * @throws {RefusalError} `contrast-enhanced` unless overridden; `overlapping-regions`
 */
export function measureCalciumScore(inputs: CalciumScoreInputs): Measurement {
  const { parameters, regions } = inputs;
  const { volume: acquired, stack, notes } = inputs.roles["calcium-ct"];
  const acquisition = acquisitionOf(stack);
  refuseContrastInHeader(acquisition, parameters["contrast-override"]);
  const isThin = acquired.sliceThicknessMm < parameters["thin-slice-limit"];
  const slabThicknessMm = parameters["reference-increment"];
  const average = () => averageToSlabs(acquired, { slabThicknessMm });
  // Slices that lie wider apart than a slab cannot be averaged to one.
  const canAverage = isThin && Math.min(...acquired.sliceIncrementsMm) <= slabThicknessMm;
  const volume = canAverage && parameters["thickness-handling"] === "average-thin" ? average() : acquired;
  for (const grid of new Set([acquired, volume])) requireDisjointRegions(regions ?? [], grid);
  const tubeVoltageKv = parameters["tube-voltage"] ?? acquisition.tubeVoltagesKv.at(0) ?? null;
  const evaluation = prepareEvaluation(volume, inputs, tubeVoltageKv);
  refuseContrastInBlood(volume, evaluation.zone, parameters);
  const evaluated = evaluateLesions(evaluation);
  const counted = numberLesions(evaluated, regions !== null);
  const lesions = [...counted.values()];
  const sites = regions === null ? null : [...new Set(regions.map(({ label }) => label))];
  return {
    outputs: listOutputs(lesions, { sites, massFactor: parameters["mass-calibration-factor"] }),
    provisional: regions === null,
    quality: noteQuality({
      acquisition,
      acquired,
      scored: volume,
      ledgerNotes: notes,
      tubeVoltageKv,
      areThresholdsUnpublished:
        parameters["tube-voltage-thresholds"] === "grani-2018" &&
        tubeVoltageKv !== 120 &&
        publishedCutPoints(parameters, tubeVoltageKv) === undefined,
      isTubeVoltageOverridden: parameters["tube-voltage"] !== null,
      contrastOverride: parameters["contrast-override"],
      thickSliceLimitMm: parameters["thick-slice-limit"],
      hasMarks: regions !== null,
      hasHeartZone: hasHeart(evaluation.zone),
      isBodyCut: isBodyCut(evaluation.zone, volume.columns),
      shortestCoverageMm: parameters["heart-length"],
      unassigned: sumUnassigned(evaluated, regions !== null),
      regionsOutside: (regions ?? []).filter((region) => !touchesVolume(region, volume)).map(({ id }) => id),
      hasMassCalibration: parameters["mass-calibration-factor"] !== null,
      emptyRegions: (sites ?? []).filter((site) => !lesions.some((lesion) => lesion.site === site)),
    }),
    candidates: listCandidates(volume, evaluated, counted),
    maps: [],
    curves: [],
    sensitivity: varyChoices(evaluation, {
      acquired,
      averaged: canAverage ? average : undefined,
      prepare: (other) =>
        regions === null
          ? prepareEvaluation(other, inputs, tubeVoltageKv)
          : prepareWithoutZone(other, inputs, tubeVoltageKv).evaluation,
    }),
  };
}

function prepareEvaluation(
  volume: Volume,
  inputs: CalciumScoreInputs,
  tubeVoltageKv: number | null,
): EvaluationWithZone {
  const { evaluation, runs } = prepareWithoutZone(volume, inputs, tubeVoltageKv);
  return { ...evaluation, zone: zoneOf(volume, runs, inputs.parameters) };
}

function prepareWithoutZone(
  volume: Volume,
  { parameters, regions }: CalciumScoreInputs,
  tubeVoltageKv: number | null,
): { readonly evaluation: Evaluation; readonly runs: Runs } {
  const rules = rulesOf(parameters, tubeVoltageKv);
  const runs = findBrightRuns(volume, regions ?? [], rules.cutPointsHu[0]);
  const found = new Map<4 | 8, SliceLesions>();
  const evaluation: Evaluation = {
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
  return { evaluation, runs };
}

type EvaluationWithZone = Evaluation & { readonly zone: HeartZone };

function zoneOf(volume: Volume, runs: Runs, parameters: CalciumScoreInputs["parameters"]): HeartZone {
  // Whatever the marks cut in two is one part here: the spine must stay whole.
  const labels = labelRunsInSpace(runs, new Int32Array(runs.count));
  const volumesMm3 = new Float64Array(labels.count);
  for (let r = 0; r < runs.count; r++) {
    volumesMm3[labels.labels[r]] += (runs.end[r] - runs.start[r] + 1) * volume.sliceIncrementsMm[runs.slice[r]];
  }
  return findHeartZone(
    volume,
    { runs, labels, volumesMm3 },
    {
      tissueHu: parameters["tissue-limit"],
      lungWidthMm: parameters["lung-width"],
      heartWidthMm: parameters["heart-width"],
      spineClearanceMm: parameters["spine-clearance"],
    },
  );
}

function publishedCutPoints(
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

function refuseContrastInHeader(acquisition: Acquisition, override: string | null): void {
  if (acquisition.contrastAgents.length === 0 || override !== null) return;
  const agent = acquisition.contrastAgents.join(", ");
  throw new RefusalError("contrast-enhanced", {
    field: "calcium-ct",
    received: agent,
    details: { reason: `ContrastBolusAgent = ${agent}`, evidence: "header" },
  });
}

function refuseContrastInBlood(volume: Volume, zone: HeartZone, parameters: CalciumScoreInputs["parameters"]): void {
  if (parameters["contrast-override"] !== null) return;
  const pool = measureBloodPool(volume, zone, parameters["blood-pool-limit"]);
  if (pool.medianHu === undefined || pool.volumeMm3 < parameters["blood-pool-volume"]) return;
  const hu = Math.round(pool.medianHu);
  const ml = Math.round(pool.volumeMm3 / 1000);
  throw new RefusalError("contrast-enhanced", {
    field: "calcium-ct",
    received: hu,
    details: { reason: `${hu} HU, ${ml} mL`, evidence: "blood-pool", medianHu: hu, volumeMl: ml },
  });
}

/** What looks like coronary calcium and no mark takes: how many lesions, what they score, whether the category hangs on it. */
function sumUnassigned({ scores, statuses }: EvaluatedLesions, hasMarks: boolean): QualityFacts["unassigned"] {
  const sumOf = (status: LesionStatus["status"]) =>
    scores.reduce((sum, { agatston }, lesion) => (statuses[lesion].status === status ? sum + agatston : sum), 0);
  const agatstonScore = sumOf("candidate");
  const assigned = sumOf("assigned");
  return {
    lesions: statuses.filter(({ status }) => status === "candidate").length,
    agatstonScore,
    changesCategory: hasMarks && calciumCategory(assigned) !== calciumCategory(assigned + agatstonScore),
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

function listCandidates(
  volume: Volume,
  evaluated: EvaluatedLesions,
  counted: ReadonlyMap<number, CountedLesion>,
): Candidate[] {
  const { found, scores, statuses } = evaluated;
  const sizes = lesionVolumesMm3(volume, found);
  const anchors = largestSliceLesions(found);
  const peaks = new Float64Array(found.lesionCount).fill(Number.NEGATIVE_INFINITY);
  const spans = new Int32Array(found.lesionCount);
  for (let c = 0, previous = new Int32Array(found.lesionCount).fill(-1); c < found.count; c++) {
    const lesion = found.lesion[c];
    peaks[lesion] = Math.max(peaks[lesion], found.peakHu[c]);
    if (previous[lesion] !== found.slice[c]) spans[lesion]++;
    previous[lesion] = found.slice[c];
  }
  return statuses.map((status, lesion) => {
    const anchor = anchors[lesion];
    const item = counted.get(lesion)?.item;
    return {
      id: `c${lesion + 1}`,
      ...status,
      ...(item === undefined ? {} : { item }),
      measures: {
        agatstonScore: scores[lesion].agatston,
        volumeMm3: sizes[lesion],
        countedVolumeMm3: scores[lesion].volumeMm3,
        peakHu: peaks[lesion],
        slices: spans[lesion],
        largestSlice: found.slice[anchor],
        centroidLpsMm: worldOf(volume, found.slice[anchor], [found.centroidColumn[anchor], found.centroidRow[anchor]]),
      },
    };
  });
}
