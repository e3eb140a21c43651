import type { Output, OutputDeclaration } from "../../protocol.ts";

const ours = (value: string, meaning: string) => ({ value, scheme: "99ETALON", meaning }) as const;

/** The outputs of the measurement of oedema; none has a standard code that means just this. */
export const oedemaOutputs = {
  "t2-signal-ratio": {
    title: {
      en: "T2 signal ratio of myocardium to skeletal muscle",
      fr: "Rapport de signal T2 myocarde / muscle squelettique",
    },
    code: ours("t2-signal-ratio", "T2-weighted signal of myocardium over skeletal muscle"),
    unit: "1",
  },
  "oedema-percent": {
    title: { en: "Oedema", fr: "Œdème" },
    code: ours("oedema-percent", "Myocardium with raised T2-weighted signal, share of all myocardium"),
    unit: "%",
  },
  "oedema-mass": {
    title: { en: "Mass of the oedema", fr: "Masse de l'œdème" },
    code: ours("oedema-mass", "Mass of myocardium with raised T2-weighted signal"),
    unit: "g",
  },
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One output, of the whole ventricle or of a segment. */
export function output(id: keyof typeof oedemaOutputs, value: number, site?: string): Output {
  const { unit, code } = oedemaOutputs[id];
  return { id, value, unit, ...(site === undefined ? {} : { site }), code };
}
