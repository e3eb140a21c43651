import type { Output, OutputDeclaration } from "../../protocol.ts";

const ours = (value: string, meaning: string) => ({ value, scheme: "99ETALON", meaning }) as const;
const unit = "mL/min/g";

/** The outputs of myocardial blood flow. */
export const perfusionMbfOutputs = {
  "mbf-stress": {
    title: { en: "MBF under stress, of the mean curve", fr: "DSM sous stress, de la courbe moyenne" },
    code: ours("mbf-stress", "Myocardial blood flow under stress, of a region's mean curve"),
    unit,
  },
  "mbf-stress-median": {
    title: { en: "MBF under stress, median of the voxels", fr: "DSM sous stress, médiane des voxels" },
    code: ours("mbf-stress-median", "Myocardial blood flow under stress, median of a region's voxels"),
    unit,
  },
  "mbf-stress-sd": {
    title: { en: "MBF under stress, standard deviation", fr: "DSM sous stress, écart-type" },
    code: ours("mbf-stress-sd", "Myocardial blood flow under stress, standard deviation of a region's voxels"),
    unit,
  },
  "fitted-percent-stress": {
    title: { en: "Voxels with a value under stress", fr: "Voxels ayant une valeur sous stress" },
    code: ours("fitted-percent-stress", "Share of the voxels that have a value under stress"),
    unit: "%",
  },
  "mbf-rest": {
    title: { en: "MBF at rest, of the mean curve", fr: "DSM au repos, de la courbe moyenne" },
    code: ours("mbf-rest", "Myocardial blood flow at rest, of a region's mean curve"),
    unit,
  },
  "mbf-rest-median": {
    title: { en: "MBF at rest, median of the voxels", fr: "DSM au repos, médiane des voxels" },
    code: ours("mbf-rest-median", "Myocardial blood flow at rest, median of a region's voxels"),
    unit,
  },
  "mbf-rest-sd": {
    title: { en: "MBF at rest, standard deviation", fr: "DSM au repos, écart-type" },
    code: ours("mbf-rest-sd", "Myocardial blood flow at rest, standard deviation of a region's voxels"),
    unit,
  },
  "fitted-percent-rest": {
    title: { en: "Voxels with a value at rest", fr: "Voxels ayant une valeur au repos" },
    code: ours("fitted-percent-rest", "Share of the voxels that have a value at rest"),
    unit: "%",
  },
  "mbf-reserve": {
    title: { en: "Perfusion reserve, stress over rest", fr: "Réserve de perfusion, stress sur repos" },
    code: ours("mbf-reserve", "Myocardial perfusion reserve, median under stress over median at rest"),
    unit: "1",
  },
  "mbf-stress-territory": {
    title: { en: "MBF under stress of the artery's territory", fr: "DSM sous stress du territoire de l'artère" },
    code: ours("mbf-stress-territory", "Myocardial blood flow under stress, median of a coronary territory's voxels"),
    unit,
  },
  "global-stress-mbf": {
    title: { en: "MBF under stress, whole myocardium", fr: "DSM sous stress, myocarde entier" },
    code: ours("global-stress-mbf", "Myocardial blood flow under stress, median of the whole myocardium"),
    unit,
  },
  "lowest-territory-stress-mbf": {
    title: { en: "MBF under stress, lowest territory", fr: "DSM sous stress, territoire le plus bas" },
    code: ours("lowest-territory-stress-mbf", "Myocardial blood flow under stress, lowest of the coronary territories"),
    unit,
  },
  "highest-territory-stress-mbf": {
    title: { en: "MBF under stress, highest territory", fr: "DSM sous stress, territoire le plus haut" },
    code: ours(
      "highest-territory-stress-mbf",
      "Myocardial blood flow under stress, highest of the coronary territories",
    ),
    unit,
  },
  "global-perfusion-reserve": {
    title: { en: "Perfusion reserve, whole myocardium", fr: "Réserve de perfusion, myocarde entier" },
    code: ours("global-perfusion-reserve", "Myocardial perfusion reserve of the whole myocardium"),
    unit: "1",
  },
  "reduced-segments-percent": {
    title: { en: "Segments with reduced MBF under stress", fr: "Segments à DSM réduit sous stress" },
    code: ours("reduced-segments-percent", "Share of segments with stress flow below the cut-off"),
    unit: "%",
  },
  "reduced-in-one-territory-percent": {
    title: { en: "Reduced segments that lie in one territory", fr: "Segments réduits situés dans un seul territoire" },
    code: ours("reduced-in-one-territory-percent", "Largest share of the reduced segments that lies in one territory"),
    unit: "%",
  },
  "endocardial-ratio-stress": {
    title: {
      en: "MBF under stress, inner over outer half of the wall",
      fr: "DSM sous stress, moitié interne sur externe",
    },
    code: ours("endocardial-ratio-stress", "Stress flow of the inner half of the wall over that of the outer half"),
    unit: "1",
  },
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One output, of all voxels with a value or of a site. */
export function output(id: keyof typeof perfusionMbfOutputs, value: number, site?: string): Output {
  const { unit: own, code } = perfusionMbfOutputs[id];
  return { id, value, unit: own, ...(site === undefined ? {} : { site }), code };
}
