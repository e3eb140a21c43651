import { agatstonWeight, calciumHu, huPerMgPerCm3 } from "../calcium-model.ts";
import type { PhantomMarks, PhantomTruth } from "../phantom.ts";
import {
  type Calcification,
  type CoronaryCalcification,
  coronaryCalcifications,
  otherCalcifications,
  plaqueHu,
} from "./calcifications.ts";
import type { ThoraxPhantomOptions } from "./thorax-options.ts";

/** The analytic sizes of one calcification. */
export interface CalcificationTruth extends Calcification {
  /** HU at the phantom's tube voltage. */
  readonly hu: number;
  /** V = π · (d/2)² · length. */
  readonly volumeMm3: number;
  /** m = density · V. */
  readonly massMg: number;
}

/** A lesion of the score. */
export interface LesionTruth extends CalcificationTruth {
  readonly label: string;
  /** π · (d/2)² · w · length / 3 mm, w the weight of the density's HU at 120 kVp. */
  readonly idealAgatston: number;
}

/** Sums over lesions. */
export interface TruthSum {
  readonly lesionCount: number;
  readonly volumeMm3: number;
  readonly massMg: number;
  readonly idealAgatston: number;
}

/** What a thorax phantom holds, from its geometry: unblurred, unsampled, free of noise. A measured score differs. */
export interface ThoraxTruth extends PhantomTruth {
  readonly kind: "thorax";
  readonly options: ThoraxPhantomOptions;
  /** HU of a calcification = waterHu + density · huPerMgPerCm3. */
  readonly huModel: {
    readonly waterHu: number;
    readonly huPerMgPerCm3: number;
    /** HU of the soft plaque that every calcification lies in. */
    readonly surroundingHu: number;
    readonly sources: readonly string[];
  };
  /** The factor c of the mass score m = c · mean HU · V, mg/cm³ per HU: 1 / huPerMgPerCm3. */
  readonly massCalibrationMgPerCm3PerHu: number;
  readonly lesions: readonly LesionTruth[];
  /** One entry per artery with a lesion. */
  readonly arteries: readonly (TruthSum & { readonly label: string })[];
  readonly total: TruthSum;
  /** Calcifications outside the coronary arteries; they belong in no score. */
  readonly otherCalcifications: readonly CalcificationTruth[];
}

/**
 * The truth of a thorax phantom.
 *
 * The ideal Agatston score of a lesion is that of its exact cross-section on contiguous slices, area × weight ×
 * increment / 3 mm, summed along its length (Agatston 1990, doi:10.1016/0735-1097(90)90282-T): π r² · w · L / 3. For a
 * lesion that is not along z, Σ area × increment is its volume all the same.
 */
export function thoraxTruth(options: ThoraxPhantomOptions): ThoraxTruth {
  const lesions = coronaryCalcifications.map((lesion) => lesionTruth(lesion, options.kvp));
  const labels = [...new Set(lesions.map((lesion) => lesion.label))];
  return {
    schema: "etalon.phantom-truth/1",
    kind: "thorax",
    options,
    huModel: {
      waterHu: 0,
      huPerMgPerCm3: huPerMgPerCm3(options.kvp),
      surroundingHu: plaqueHu,
      sources: [
        "1 / 0.72205 HU per mg/cm3 at 120 kVp: Canon Aquilion ONE, QRM thorax phantom, large ring (MolloiLab/CAC-stanford-data)",
        "other kVp in the proportion of the thresholds of Gräni 2018, doi:10.1093/ehjci/jey019; 100 and 135 kVp from MolloiLab/CalciumScoring.jl",
      ],
    },
    massCalibrationMgPerCm3PerHu: 1 / huPerMgPerCm3(options.kvp),
    lesions,
    arteries: labels.map((label) => ({ label, ...sumOf(lesions.filter((lesion) => lesion.label === label)) })),
    total: sumOf(lesions),
    otherCalcifications: otherCalcifications.map((each) => calcificationTruth(each, options.kvp)),
  };
}

/** Margin of a mark around its lesion, mm: outside the plaque and what partial volume and blur smear. */
const markMarginMm = 4.5;

/** One sphere per lesion: half the diagonal of the cylinder and 4.5 mm, rounded up to 0.1 mm. */
export function thoraxMarks(): PhantomMarks {
  return {
    schema: "etalon.marks/1",
    revision: 1,
    author: { name: "etalon phantom" },
    regions: coronaryCalcifications.map(({ id, label, centreLpsMm, diameterMm, lengthMm }) => {
      const halfDiagonalMm = Math.sqrt(diameterMm * diameterMm + lengthMm * lengthMm) / 2;
      const radiusMm = Math.ceil((halfDiagonalMm + markMarginMm) * 10) / 10;
      return { id, label, mode: "assign", shape: { kind: "sphere", centerLpsMm: centreLpsMm, radiusMm } };
    }),
  };
}

function lesionTruth(lesion: CoronaryCalcification, kvp: number): LesionTruth {
  const truth = calcificationTruth(lesion, kvp);
  const idealAgatston = (truth.volumeMm3 * agatstonWeight(lesion.densityMgPerCm3)) / 3;
  return { ...truth, label: lesion.label, idealAgatston };
}

function calcificationTruth(calcification: Calcification, kvp: number): CalcificationTruth {
  const { id, centreLpsMm, axis, diameterMm, lengthMm, densityMgPerCm3 } = calcification;
  const volumeMm3 = (Math.PI * diameterMm * diameterMm * lengthMm) / 4;
  return {
    id,
    centreLpsMm,
    axis,
    diameterMm,
    lengthMm,
    densityMgPerCm3,
    hu: calciumHu(densityMgPerCm3, kvp),
    volumeMm3,
    massMg: (densityMgPerCm3 * volumeMm3) / 1000,
  };
}

function sumOf(lesions: readonly LesionTruth[]): TruthSum {
  const sum = (value: (lesion: LesionTruth) => number): number =>
    lesions.reduce((total, lesion) => total + value(lesion), 0);
  return {
    lesionCount: lesions.length,
    volumeMm3: sum((lesion) => lesion.volumeMm3),
    massMg: sum((lesion) => lesion.massMg),
    idealAgatston: sum((lesion) => lesion.idealAgatston),
  };
}
