import type { Output, OutputDeclaration } from "../../protocol.ts";

const ours = (value: string, meaning: string) => ({ value, scheme: "99ETALON", meaning }) as const;

/** The outputs of first-pass curves; upslopes per second, relative ones without a unit. */
export const perfusionCurvesOutputs = {
  "aif-upslope-stress": {
    title: { en: "Upslope of blood under stress", fr: "Pente du sang sous stress" },
    code: ours("aif-upslope-stress", "Upslope of the arterial input under stress"),
    unit: "/s",
  },
  "upslope-stress": {
    title: { en: "Upslope under stress", fr: "Pente sous stress" },
    code: ours("upslope-stress", "Upslope of a region under stress"),
    unit: "/s",
  },
  "relative-upslope-stress": {
    title: { en: "Relative upslope under stress", fr: "Pente relative sous stress" },
    code: ours("relative-upslope-stress", "Upslope of a region over that of blood under stress"),
    unit: "1",
  },
  "arrival-delay-stress": {
    title: { en: "Arrival behind blood under stress", fr: "Arrivée après le sang sous stress" },
    code: ours("arrival-delay-stress", "Arrival of a region behind that of blood under stress"),
    unit: "s",
  },
  "aif-upslope-rest": {
    title: { en: "Upslope of blood at rest", fr: "Pente du sang au repos" },
    code: ours("aif-upslope-rest", "Upslope of the arterial input at rest"),
    unit: "/s",
  },
  "upslope-rest": {
    title: { en: "Upslope at rest", fr: "Pente au repos" },
    code: ours("upslope-rest", "Upslope of a region at rest"),
    unit: "/s",
  },
  "relative-upslope-rest": {
    title: { en: "Relative upslope at rest", fr: "Pente relative au repos" },
    code: ours("relative-upslope-rest", "Upslope of a region over that of blood at rest"),
    unit: "1",
  },
  "arrival-delay-rest": {
    title: { en: "Arrival behind blood at rest", fr: "Arrivée après le sang au repos" },
    code: ours("arrival-delay-rest", "Arrival of a region behind that of blood at rest"),
    unit: "s",
  },
  mpri: {
    title: { en: "Myocardial perfusion reserve index", fr: "Indice de réserve de perfusion myocardique" },
    code: ours("mpri", "Relative upslope under stress over that at rest"),
    unit: "1",
  },
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One output, of blood or of a site. */
export function output(id: keyof typeof perfusionCurvesOutputs, value: number, site?: string): Output {
  const { unit, code } = perfusionCurvesOutputs[id];
  return { id, value, unit, ...(site === undefined ? {} : { site }), code };
}
