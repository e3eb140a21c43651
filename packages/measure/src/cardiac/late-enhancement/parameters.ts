import type { ChoiceParameter, NumberParameter } from "../../protocol.ts";
import { niftiSpacingParameter } from "../../research-files.ts";

const AMADO_2004 =
  "Amado LC et al., J Am Coll Cardiol 2004;44:2383-2389, doi 10.1016/j.jacc.2004.09.020 (recalled, the text was not read)";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Everything the measurement of late enhancement could have done otherwise, in one place. */
export const lateEnhancementParameters = {
  method: {
    kind: "choice",
    title: { en: "Enhancement is", fr: "Rehaussement défini par" },
    default: "drawn",
    choices: ["drawn", "n-sd", "fwhm", "fwhm-remote", "otsu"],
    source: `drawn: what the reader drew; n-sd: mean of remote myocardium plus n standard deviations; fwhm: half of the maximum of the myocardium (${AMADO_2004}); fwhm-remote: half-way from remote myocardium to the maximum, for images stored with an offset; otsu: Otsu N, IEEE Trans Syst Man Cybern 1979;9:62-66, on the myocardium`,
  } as Choice<"drawn" | "n-sd" | "fwhm" | "fwhm-remote" | "otsu">,
  "sd-count": {
    kind: "number",
    title: { en: "Standard deviations above remote myocardium", fr: "Écarts-types au-dessus du myocarde sain" },
    unit: "1",
    default: 5,
    minimum: 2,
    maximum: 6,
    source: `2 to 6 are published; 5 for infarct extent: ${AMADO_2004}`,
  } as NumberParameter & { readonly default: number },
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
  "endocardial-share": {
    kind: "number",
    title: {
      en: "Inner part of the wall that is subendocardial",
      fr: "Part interne de la paroi dite sous-endocardique",
    },
    unit: "%",
    default: 25,
    minimum: 5,
    maximum: 50,
    source: "our own rule, for the pattern only: no published cut was read",
  } as NumberParameter & { readonly default: number },
  "enhanced-from": {
    kind: "number",
    title: {
      en: "Share of a segment from which it counts as enhanced, of two acquisitions",
      fr: "Part d'un segment à partir de laquelle il est dit rehaussé, entre deux acquisitions",
    },
    unit: "%",
    default: 1,
    minimum: 0.01,
    maximum: 50,
    source: "our own rule, where a second acquisition is compared: less is a voxel at the edge of the wall",
  } as NumberParameter & { readonly default: number },
  timing: {
    kind: "choice",
    title: { en: "Time after contrast", fr: "Délai après injection" },
    default: "late",
    choices: ["late", "early"],
    source:
      "the reader's own statement: early enhancement (1 to 3 min) shows no-reflow, late (10 min and more) scar; it changes no number",
  } as Choice<"late" | "early">,
  "nifti-spacing": niftiSpacingParameter,
} as const;

/** The parameters' declarations. */
export type LateEnhancementParameters = typeof lateEnhancementParameters;
