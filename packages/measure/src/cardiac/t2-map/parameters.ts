import { mapParameters, timeRange } from "../../mapping/map-parameters.ts";
import type { ChoiceParameter } from "../../protocol.ts";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Everything the map could have done otherwise. */
export const t2MapParameters = {
  model: {
    kind: "choice",
    title: { en: "Model", fr: "Modèle" },
    default: "mono",
    choices: ["mono", "offset"],
    source:
      "mono: S₀·exp(−TE/T2); offset: S₀·exp(−TE/T2) + c, for prepared or multi-echo images that do not decay to nothing (Messroghli DR et al., J Cardiovasc Magn Reson 2017;19:75, doi 10.1186/s12968-017-0389-8, recalled, the text was not read)",
  } as Choice<"mono" | "offset">,
  ...timeRange({ shortestMs: 1, longestMs: 2000, name: "T2" }, "our own rule: from muscle with iron to free water"),
  ...mapParameters,
} as const;

/** The parameters' declarations by name. */
export type T2MapParameters = typeof t2MapParameters;
