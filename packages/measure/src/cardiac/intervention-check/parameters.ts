import type { ChoiceParameter } from "../../protocol.ts";
import { niftiSpacingParameter } from "../../research-files.ts";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Everything the check of an intervention could have done otherwise, in one place. */
export const interventionParameters = {
  "checked-by": {
    kind: "choice",
    title: { en: "Ablation is seen as", fr: "L'ablation est vue comme" },
    default: "lesion",
    choices: ["lesion", "oedema"],
    source:
      "the structure that is set against the target: the lesion (necrosis) or the acute oedema, which reaches beyond it; no published choice was read",
  } as Choice<"lesion" | "oedema">,
  "scar-before": {
    kind: "choice",
    title: { en: "What was there before counts", fr: "Ce qui préexistait compte" },
    default: "included",
    choices: ["included", "left-out"],
    source:
      "our own rule: included, as drawn after the intervention; left out, what is drawn of the same structure before it is taken away",
  } as Choice<"included" | "left-out">,
  "nifti-spacing": niftiSpacingParameter,
} as const;

/** The parameters' declarations. */
export type InterventionParameters = typeof interventionParameters;
