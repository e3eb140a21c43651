import type { Output, OutputDeclaration } from "../../protocol.ts";

const ours = (value: string, meaning: string) => ({ value, scheme: "99ETALON", meaning }) as const;

/** The outputs of the check of an intervention; none has a standard code that means just this. */
export const interventionOutputs = {
  "target-coverage": {
    title: { en: "Target that the lesion covers", fr: "Cible couverte par la lésion" },
    code: ours("target-coverage", "Share of the planned target that the lesion covers"),
    unit: "%",
  },
  "target-dice": {
    title: { en: "Overlap of lesion and target (Dice)", fr: "Recouvrement lésion / cible (Dice)" },
    code: ours("target-dice", "Dice coefficient of lesion and planned target"),
    unit: "1",
  },
  "target-volume": {
    title: { en: "Planned target", fr: "Cible planifiée" },
    code: ours("target-volume", "Volume of the planned target"),
    unit: "mL",
  },
  "residual-volume": {
    title: { en: "Target not covered", fr: "Cible non couverte" },
    code: ours("residual-volume", "Volume of the planned target outside the lesion"),
    unit: "mL",
  },
  "largest-gap-volume": {
    title: { en: "Largest gap in one piece", fr: "Plus grande lacune d'un seul tenant" },
    code: ours("largest-gap-volume", "Volume of the largest connected part of the target outside the lesion"),
    unit: "mL",
  },
  "gap-count": {
    title: { en: "Gaps", fr: "Lacunes" },
    code: ours("gap-count", "Connected parts of the target outside the lesion"),
    unit: "{gap}",
  },
  "lesion-volume": {
    title: { en: "Lesion", fr: "Lésion" },
    code: ours("lesion-volume", "Volume of the lesion after the intervention"),
    unit: "mL",
  },
  "off-target-volume": {
    title: { en: "Lesion outside the target", fr: "Lésion hors de la cible" },
    code: ours("off-target-volume", "Volume of the lesion outside the planned target"),
    unit: "mL",
  },
  "new-lesion-volume": {
    title: { en: "Lesion that was not there before", fr: "Lésion absente avant le geste" },
    code: ours("new-lesion-volume", "Volume of the lesion outside what was drawn before the intervention"),
    unit: "mL",
  },
  "surface-distance-mean": {
    title: { en: "Mean distance of the surfaces", fr: "Distance moyenne des surfaces" },
    code: ours("surface-distance-mean", "Mean distance between the surfaces of lesion and target, both ways"),
    unit: "mm",
  },
  "surface-distance-95": {
    title: { en: "Distance of the surfaces, 95th percentile", fr: "Distance des surfaces, 95e percentile" },
    code: ours("surface-distance-95", "95th percentile of the distance between the surfaces, both ways"),
    unit: "mm",
  },
  "surface-distance-max": {
    title: { en: "Largest distance of the surfaces (Hausdorff)", fr: "Distance maximale des surfaces (Hausdorff)" },
    code: ours("surface-distance-max", "Hausdorff distance between the surfaces of lesion and target"),
    unit: "mm",
  },
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One output. */
export function output(id: keyof typeof interventionOutputs, value: number): Output {
  const { unit, code } = interventionOutputs[id];
  return { id, value, unit, code };
}
