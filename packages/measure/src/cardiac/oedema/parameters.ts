import type { ChoiceParameter, NumberParameter } from "../../protocol.ts";
import { niftiSpacingParameter } from "../../research-files.ts";

/** The document that the ratio and its cut-off come from. */
export const LAKE_LOUISE_2009 =
  "Friedrich MG et al. (Lake Louise 2009), J Am Coll Cardiol 2009;53:1475-1487, doi 10.1016/j.jacc.2009.02.007, table 7 (read at PMC2743893); kept in the 2018 edition, doi 10.1016/j.jacc.2018.09.072 (abstract read)";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Everything the measurement of oedema could have done otherwise, in one place. */
export const oedemaParameters = {
  method: {
    kind: "choice",
    title: { en: "Oedema is", fr: "Œdème défini par" },
    default: "n-sd",
    choices: ["n-sd", "drawn"],
    source:
      "n-sd: mean of remote myocardium plus n standard deviations; drawn: what the reader drew as oedema, for images that a threshold does not serve",
  } as Choice<"n-sd" | "drawn">,
  "sd-count": {
    kind: "number",
    title: { en: "Standard deviations above remote myocardium", fr: "Écarts-types au-dessus du myocarde sain" },
    unit: "1",
    default: 2,
    minimum: 1,
    maximum: 6,
    source: "2 standard deviations, as the project's task states it; no document that gives the number was read",
  } as NumberParameter & { readonly default: number },
  "ratio-cut-off": {
    kind: "number",
    title: { en: "Ratio from which oedema is global", fr: "Rapport à partir duquel l'œdème est global" },
    unit: "1",
    default: 2,
    minimum: 1,
    maximum: 4,
    source: LAKE_LOUISE_2009,
  } as NumberParameter & { readonly default: number },
  "ratio-of": {
    kind: "choice",
    title: { en: "Signal of a region is its", fr: "Le signal d'une région est sa" },
    default: "mean",
    choices: ["mean", "median"],
    source: `mean signal: ${LAKE_LOUISE_2009}; median: robust against the bright rim of slow blood`,
  } as Choice<"mean" | "median">,
  "coil-correction": {
    kind: "choice",
    title: { en: "Receive coil", fr: "Antenne de réception" },
    default: "not-stated",
    choices: ["not-stated", "body-coil", "surface-coil-corrected", "surface-coil-uncorrected"],
    source: `the reader's own statement; the ratio holds for the body coil or a corrected surface coil (${LAKE_LOUISE_2009}); it changes no number`,
  } as Choice<"not-stated" | "body-coil" | "surface-coil-corrected" | "surface-coil-uncorrected">,
  "remote-sector": {
    kind: "number",
    title: { en: "Sector taken as remote where none is drawn", fr: "Secteur pris pour sain s'il n'est pas tracé" },
    unit: "deg",
    default: 60,
    minimum: 20,
    maximum: 180,
    source: "our own rule: of the sectors of this width through the whole stack, the one of lowest mean signal",
  } as NumberParameter & { readonly default: number },
  "myocardial-density": {
    kind: "number",
    title: { en: "Density of the myocardium", fr: "Densité du myocarde" },
    unit: "g/mL",
    default: 1.05,
    minimum: 1,
    maximum: 1.1,
    source:
      "Schulz-Menger J et al., J Cardiovasc Magn Reson 2020;22:19, doi 10.1186/s12968-020-00610-6 (recalled, the text was not read)",
  } as NumberParameter & { readonly default: number },
  "nifti-spacing": niftiSpacingParameter,
} as const;

/** The parameters' declarations. */
export type OedemaParameters = typeof oedemaParameters;
