import type { Output, OutputDeclaration } from "../../protocol.ts";
import { calciumMassMg, type LesionScore } from "./score.ts";

/** The outputs of the calcium score. DCM codes and the arbitrary unit as in PS3.16 (CID 6142, TID 3929, CID 7181). */
export const calciumScoreOutputs = {
  "agatston-score": {
    title: { en: "Agatston score", fr: "Score d'Agatston" },
    code: { value: "112058", scheme: "DCM", meaning: "Calcium score" },
    unit: "[arb'U]",
  },
  "volume-score": {
    title: { en: "Calcium volume", fr: "Volume de calcium" },
    code: { value: "122660", scheme: "DCM", meaning: "Calcium Volume" },
    unit: "mm3",
  },
  "mass-score": {
    title: { en: "Calcium mass", fr: "Masse de calcium" },
    code: { value: "122661", scheme: "DCM", meaning: "Calcium Mass" },
    unit: "mg",
  },
  "mean-density": {
    title: { en: "Mean density", fr: "Densité moyenne" },
    code: { value: "mean-density", scheme: "99ETALON", meaning: "Mean attenuation of the calcium counted" },
    unit: "[hnsf'U]",
  },
  "density-factor": {
    title: { en: "Density factor", fr: "Facteur de densité" },
    code: { value: "density-factor", scheme: "99ETALON", meaning: "Area-weighted mean density weight, 1 to 4" },
    unit: "1",
  },
  "lesion-count": {
    title: { en: "Lesions", fr: "Lésions" },
    code: { value: "lesion-count", scheme: "99ETALON", meaning: "Number of calcified lesions" },
    unit: "{lesion}",
  },
  "vessel-count": {
    title: { en: "Vessels involved", fr: "Vaisseaux atteints" },
    code: { value: "vessel-count", scheme: "99ETALON", meaning: "Number of coronary arteries with calcium" },
    unit: "{vessel}",
  },
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One lesion that counts. */
export interface CountedLesion {
  /** Name of the lesion in the outputs: L1, L2 … in scan order. */
  readonly item: string;
  readonly site?: string;
  readonly score: LesionScore;
}

/** The four arteries that a vessel count is made of (CAC-DRS: N0 to N4). */
const ARTERIES: readonly string[] = ["LM", "LAD", "LCX", "RCA"];

/**
 * The numbers of a score: totals, then sums by site, then lesions. Density has no value where nothing counts, mass none
 * without a calibration factor, vessels none without marks.
 */
export function listOutputs(
  lesions: readonly CountedLesion[],
  options: { readonly sites: readonly string[] | null; readonly massFactor: number | null },
): Output[] {
  const outputs = sumOutputs(lesions, {}, options.massFactor);
  if (options.sites !== null) {
    const involved = new Set(
      lesions.filter(({ score }) => score.agatston > 0).map(({ site }) => (site ?? "").toUpperCase()),
    );
    const vessels = ARTERIES.filter((artery) => involved.has(artery)).length;
    outputs.push(output("vessel-count", vessels, {}));
    for (const site of options.sites) {
      outputs.push(
        ...sumOutputs(
          lesions.filter((lesion) => lesion.site === site),
          { site },
          options.massFactor,
        ),
      );
    }
  }
  for (const { item, site, score } of lesions) {
    const where = site === undefined ? { item } : { site, item };
    outputs.push(...scoreOutputs(score, where, options.massFactor));
  }
  return outputs;
}

type Where = { readonly site?: string; readonly item?: string };

function sumOutputs(lesions: readonly CountedLesion[], where: Where, massFactor: number | null): Output[] {
  const sum = lesions.reduce(
    (so, { score }) => ({
      agatston: so.agatston + score.agatston,
      areaScore: so.areaScore + score.areaScore,
      volumeMm3: so.volumeMm3 + score.volumeMm3,
      densityVolume: so.densityVolume + score.densityVolume,
      slices: so.slices + score.slices,
    }),
    { agatston: 0, areaScore: 0, volumeMm3: 0, densityVolume: 0, slices: 0 },
  );
  return [...scoreOutputs(sum, where, massFactor), output("lesion-count", lesions.length, where)];
}

function scoreOutputs(score: LesionScore, where: Where, massFactor: number | null): Output[] {
  const outputs = [output("agatston-score", score.agatston, where), output("volume-score", score.volumeMm3, where)];
  if (massFactor !== null) outputs.push(output("mass-score", calciumMassMg(score.densityVolume, massFactor), where));
  if (score.volumeMm3 > 0) {
    outputs.push(
      output("mean-density", score.densityVolume / score.volumeMm3, where),
      output("density-factor", score.agatston / score.areaScore, where),
    );
  }
  return outputs;
}

function output(id: keyof typeof calciumScoreOutputs, value: number, where: Where): Output {
  const { unit, code } = calciumScoreOutputs[id];
  return { id, value, unit, ...where, code };
}
