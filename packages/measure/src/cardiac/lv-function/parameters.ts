import type { ChoiceParameter, NumberParameter } from "../../protocol.ts";
import { niftiSpacingParameter } from "../../research-files.ts";

const SCMR_2020 =
  "Schulz-Menger J et al., J Cardiovasc Magn Reson 2020;22:19, doi 10.1186/s12968-020-00610-6 (recalled, the text was not read)";

const PROPOSAL_ONLY =
  "our own rule, for proposals only: chosen on ACDC patients 021 and 041, tried on 001 and 061 (docs/lv-proposals.md)";

/** A number that only proposals depend on. */
function proposal(
  en: string,
  fr: string,
  rest: { unit: string; default: number; minimum: number; maximum: number },
): NumberParameter & { readonly default: number } {
  return { kind: "number", title: { en, fr }, source: PROPOSAL_ONLY, ...rest };
}

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Everything the measurement of ventricular function could have done otherwise, in one place. */
export const lvFunctionParameters = {
  "end-slices": {
    kind: "choice",
    title: { en: "Slices at base and apex", fr: "Coupes de la base et de l'apex" },
    default: "whole",
    choices: ["whole", "half", "without-basal"],
    source: `whole: every slice that is drawn counts with its whole increment (${SCMR_2020}); half: the first and last drawn slice of each phase count half, as the trapezoid rule between them; without-basal: the end slice with the larger end-diastolic pool is left out of both phases`,
  } as Choice<"whole" | "half" | "without-basal">,
  "level-tolerance": {
    kind: "number",
    title: { en: "Slices of two phases are one level within", fr: "Coupes des deux phases au même niveau à" },
    unit: "mm",
    default: 1,
    minimum: 0,
    maximum: 10,
    source:
      "our own rule: positions are compared along the slice normal; 1 mm is far below any slice spacing and above rounding",
  } as NumberParameter & { readonly default: number },
  "myocardial-density": {
    kind: "number",
    title: { en: "Density of the myocardium", fr: "Densité du myocarde" },
    unit: "g/mL",
    default: 1.05,
    minimum: 1,
    maximum: 1.1,
    source: SCMR_2020,
  } as NumberParameter & { readonly default: number },
  "papillary-muscles": {
    kind: "choice",
    title: { en: "Papillary muscles were drawn", fr: "Piliers tracés" },
    default: "not-stated",
    choices: ["not-stated", "in-blood-pool", "in-myocardium"],
    source: `the reader's own statement, which changes no number and must stand beside it: normal values depend on it (${SCMR_2020})`,
  } as Choice<"not-stated" | "in-blood-pool" | "in-myocardium">,
  "body-surface-formula": {
    kind: "choice",
    title: { en: "Body surface area by", fr: "Surface corporelle selon" },
    default: "mosteller",
    choices: ["mosteller", "dubois"],
    source:
      "Mosteller RD, N Engl J Med 1987;317:1098: √(cm·kg/3600); Du Bois 1916: 0.007184·kg^0.425·cm^0.725 (both recalled)",
  } as Choice<"mosteller" | "dubois">,
  "proposal-blood-fraction": proposal("Proposals: blood from, of wall to blood", "Propositions : sang à partir de", {
    ...{ unit: "1", default: 0.25, minimum: 0.05, maximum: 0.95 },
  }),
  "proposal-wall": proposal("Proposals: wall outside the pool", "Propositions : paroi autour de la cavité", {
    ...{ unit: "mm", default: 5, minimum: 1, maximum: 20 },
  }),
  "proposal-radius": proposal("Proposals: largest radius", "Propositions : rayon maximal", {
    ...{ unit: "mm", default: 45, minimum: 15, maximum: 100 },
  }),
  "proposal-window": proposal("Proposals: radius about the click", "Propositions : rayon autour du clic", {
    ...{ unit: "mm", default: 30, minimum: 10, maximum: 100 },
  }),
  "proposal-wall-share": proposal("Proposals: share of the pool with a wall", "Propositions : part entourée de paroi", {
    ...{ unit: "1", default: 0.75, minimum: 0, maximum: 1 },
  }),
  "nifti-spacing": niftiSpacingParameter,
} as const;

/** The parameters' declarations. */
export type LvFunctionParameters = typeof lvFunctionParameters;
