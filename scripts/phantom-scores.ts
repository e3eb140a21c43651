import { parseMarks, type Result } from "@etalon/measure";
import { buildThoraxPhantom, type ThoraxTruth, thoraxPhantomDefaults } from "@etalon/phantom";
import { outputValue } from "../testing/src/output-value.ts";
import { receivePhantom, scorePhantom } from "../testing/src/score-phantom.ts";

/** Slice thickness and distance from slice to slice, mm. */
export interface Slicing {
  readonly thicknessMm: number;
  readonly incrementMm: number;
}

/** The ways of slicing that are compared. */
export const slicings: readonly Slicing[] = [
  { thicknessMm: 3, incrementMm: 3 },
  { thicknessMm: 2.5, incrementMm: 2.5 },
  { thicknessMm: 2.5, incrementMm: 1.25 },
  { thicknessMm: 1, incrementMm: 1 },
];

/** Seeds of the noise that each way of slicing is made with. */
export const seeds: readonly number[] = [1, 2, 3, 4, 5];

/** The three sums of one artery, or of all. */
export interface Sums {
  readonly agatston: number;
  readonly volumeMm3: number;
  readonly massMg: number;
}

/** What was measured on one phantom. */
export interface PhantomScore extends Slicing {
  readonly seed: number;
  readonly total: Sums;
  readonly arteries: Readonly<Record<string, Sums>>;
  /** Lesions with a score, of those in the phantom. */
  readonly lesions: number;
  /** Codes of the notes on quality. */
  readonly quality: readonly string[];
  readonly unmarked: Unmarked;
}

/** The provisional score of the same phantom, without marks. */
export interface Unmarked {
  readonly agatston: number;
  /** Part of it by what it lies in: "coronary", a calcification that is none of the coronaries', or "noise" where neither is. */
  readonly parts: Readonly<Record<string, number>>;
  /** Coronary lesions that the rules exclude, as `id: reason`. */
  readonly missed: readonly string[];
  /** The other calcifications that they exclude, as `id: reason`. */
  readonly turnedAway: readonly string[];
}

/** The phantom's own truth under the names of the measured sums. */
export function truthSums(sum: ThoraxTruth["total"]): Sums {
  return { agatston: sum.idealAgatston, volumeMm3: sum.volumeMm3, massMg: sum.massMg };
}

/** Builds one phantom of 512² pixels and scores it with its own marks and without any. */
export async function measurePhantom(
  slicing: Slicing,
  seed: number,
  noiseSdHu: number = thoraxPhantomDefaults.noiseSdHu,
): Promise<PhantomScore> {
  const phantom = buildThoraxPhantom({ ...thoraxPhantomDefaults, ...slicing, seed, noiseSdHu });
  const { truth } = phantom;
  const study = await receivePhantom(phantom);
  const marked = await scorePhantom(study, parseMarks(phantom.marks), {
    "mass-calibration-factor": truth.massCalibrationMgPerCm3PerHu,
    "mass-calibration-factor-source": "the phantom's own truth",
  });
  const unmarked = await scorePhantom(study, null);
  return {
    ...slicing,
    seed,
    total: sumsOf(marked, undefined),
    arteries: Object.fromEntries(truth.arteries.map(({ label }) => [label, sumsOf(marked, label)])),
    lesions: outputOf(marked, "lesion-count"),
    quality: [...new Set(marked.quality.map(({ code }) => code))],
    unmarked: unmarkedOf(unmarked, truth),
  };
}

function sumsOf(result: Result, site: string | undefined): Sums {
  const where = site === undefined ? {} : { site };
  return {
    agatston: outputOf(result, "agatston-score", where),
    volumeMm3: outputOf(result, "volume-score", where),
    massMg: outputOf(result, "mass-score", where),
  };
}

function outputOf(result: Result, id: string, where: { readonly site?: string } = {}): number {
  const value = outputValue(result, id, where);
  if (value === undefined) throw new Error(`the result has no ${id} of ${where.site ?? "the total"}`);
  return value;
}

function unmarkedOf(result: Result, truth: ThoraxTruth): Unmarked {
  const parts: Record<string, number> = {};
  const missed = new Set<string>();
  const turnedAway = new Set<string>();
  for (const { status, reason, measures } of result.candidates) {
    const { part, id } = placeOf(measures["centroidLpsMm"], truth);
    const agatston = Number(measures["agatstonScore"]);
    if (status === "candidate") parts[part] = (parts[part] ?? 0) + agatston;
    else if (agatston > 0 && part !== "noise") (part === "coronary" ? missed : turnedAway).add(`${id}: ${reason}`);
  }
  const agatston = outputOf(result, "agatston-score");
  return { agatston, parts, missed: [...missed].sort(), turnedAway: [...turnedAway].sort() };
}

/** What lies at a candidate's centroid, to 2 mm beyond a calcification's ends: partial volume moves it less. */
function placeOf(centroid: unknown, truth: ThoraxTruth): { readonly part: string; readonly id: string } {
  if (!Array.isArray(centroid)) throw new Error("a candidate has no centroid");
  const [x, y, z] = centroid.map(Number);
  const holds = ({ centreLpsMm, lengthMm, diameterMm }: ThoraxTruth["otherCalcifications"][number]): boolean =>
    Math.hypot(x - centreLpsMm[0], y - centreLpsMm[1], z - centreLpsMm[2]) <= (lengthMm + diameterMm) / 2 + 2;
  const lesion = truth.lesions.find(holds);
  if (lesion !== undefined) return { part: "coronary", id: lesion.id };
  const other = truth.otherCalcifications.find(holds);
  return { part: other?.id ?? "noise", id: other?.id ?? "noise" };
}
