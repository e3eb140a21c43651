import type { Output, OutputDeclaration } from "../../protocol.ts";

const ours = (value: string, meaning: string) => ({ value, scheme: "99ETALON", meaning }) as const;

/** The outputs of the extracellular volume. */
export const ecvOutputs = {
  ecv: {
    title: { en: "Extracellular volume", fr: "Volume extracellulaire" },
    code: ours("ecv", "Extracellular volume fraction of the myocardium"),
    unit: "%",
  },
  "partition-coefficient": {
    title: { en: "Partition coefficient λ", fr: "Coefficient de partition λ" },
    code: ours("partition-coefficient", "Change of R1 of the myocardium over that of blood"),
    unit: "1",
  },
  haematocrit: {
    title: { en: "Haematocrit used", fr: "Hématocrite utilisé" },
    code: { value: "20570-8", scheme: "LN", meaning: "Hematocrit [Volume Fraction] of Blood" },
    unit: "%",
  },
  "native-t1": {
    title: { en: "Native T1, mean", fr: "T1 natif, moyenne" },
    code: ours("native-t1", "T1 before contrast, mean over a region"),
    unit: "ms",
  },
  "post-t1": {
    title: { en: "T1 after contrast, mean", fr: "T1 après injection, moyenne" },
    code: ours("post-t1", "T1 after contrast, mean over a region"),
    unit: "ms",
  },
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One output of a site. */
export function output(id: keyof typeof ecvOutputs, value: number, site?: string): Output {
  const { unit, code } = ecvOutputs[id];
  return { id, value, unit, code, ...(site === undefined ? {} : { site }) };
}
