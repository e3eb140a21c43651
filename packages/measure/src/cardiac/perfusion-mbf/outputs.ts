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
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One output, of all voxels with a value or of a site. */
export function output(id: keyof typeof perfusionMbfOutputs, value: number, site?: string): Output {
  const { unit: own, code } = perfusionMbfOutputs[id];
  return { id, value, unit: own, ...(site === undefined ? {} : { site }), code };
}
