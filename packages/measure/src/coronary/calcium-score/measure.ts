import { RefusalError } from "@etalon/base";
import type { Volume } from "@etalon/volume";
import type { Candidate, Measurement } from "../../protocol.ts";
import { touchesVolume } from "../../region.ts";
import { remembering } from "../../remembering.ts";
import { type Acquisition, acquisitionOf } from "./acquisition.ts";
import { calciumCategory } from "./categories.ts";
import { type LesionStatus, largestSliceLesions, lesionVolumesMm3 } from "./classify.ts";
import { measureBloodPool } from "./contrast.ts";
import { countLesions, prepareEvaluation, prepareWithoutZone, publishedCutPoints } from "./count-lesions.ts";
import type { EvaluatedLesions } from "./evaluate.ts";
import { type HeartZone, hasHeart, isBodyCut } from "./heart-zone.ts";
import type { CalciumScoreInputs } from "./inputs.ts";
import { type CountedLesion, listOutputs } from "./outputs.ts";
import { noteQuality, type QualityFacts } from "./quality.ts";
import { varyChoices } from "./sensitivity.ts";
import { worldOf } from "./slice-lesions.ts";

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
  refuseContrastInHeader(acquisitionOf(stack), parameters["contrast-override"]);
  const { acquisition, tubeVoltageKv, average, volume, zone, evaluation, evaluated, counted } = countLesions(inputs);
  refuseContrastInBlood(volume, zone, parameters);
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
      hasHeartZone: hasHeart(zone),
      isBodyCut: isBodyCut(zone, volume.columns),
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
      averaged: average,
      prepare: (other) =>
        regions === null
          ? prepareEvaluation(other, inputs, tubeVoltageKv)
          : prepareWithoutZone(other, inputs, tubeVoltageKv),
    }),
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

/** A zone is that of one volume. */
const bloodPoolOf = remembering(
  (zone: HeartZone, { volume, limitHu }: { readonly volume: Volume; readonly limitHu: number }) =>
    measureBloodPool(volume, zone, limitHu),
  ({ limitHu }) => limitHu,
);

function refuseContrastInBlood(volume: Volume, zone: HeartZone, parameters: CalciumScoreInputs["parameters"]): void {
  if (parameters["contrast-override"] !== null) return;
  const pool = bloodPoolOf(zone, { volume, limitHu: parameters["blood-pool-limit"] });
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
