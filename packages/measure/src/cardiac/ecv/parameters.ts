import type { ChoiceParameter } from "../../protocol.ts";
import { niftiSpacingParameter } from "../../research-files.ts";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Everything the measurement could have done otherwise. */
export const ecvParameters = {
  "haematocrit-from": {
    kind: "choice",
    title: { en: "Haematocrit is", fr: "Hématocrite" },
    default: "given",
    choices: ["given", "native-blood"],
    source:
      "given: measured, as a value or a fact; native-blood: 866.0/T1 of native blood (ms) − 0.1232 at 1.5 T (Treibel TA et al., JACC Cardiovasc Imaging 2016;9:54-63, doi 10.1016/j.jcmg.2015.11.008, recalled, the text was not read): the calibration of one centre, flagged wherever it is used",
  } as Choice<"given" | "native-blood">,
  "nifti-spacing": niftiSpacingParameter,
} as const;

/** The parameters' declarations by name. */
export type EcvParameters = typeof ecvParameters;
