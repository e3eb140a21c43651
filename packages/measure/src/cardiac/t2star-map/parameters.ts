import { mapParameters, timeRange } from "../../mapping/map-parameters.ts";
import type { ChoiceParameter, NumberParameter } from "../../protocol.ts";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Ways of dealing with the noise that late echoes of short T2* consist of. */
export const t2starModels = ["truncation", "offset", "mono"] as const;

/** Everything the map could have done otherwise. */
export const t2starMapParameters = {
  model: {
    kind: "choice",
    title: { en: "Model", fr: "Modèle" },
    default: "truncation",
    choices: t2starModels,
    source:
      "truncation: S₀·exp(−TE/T2*) on the echoes before the first below the floor; offset: S₀·exp(−TE/T2*) + c; mono: all echoes (Anderson LJ et al., Eur Heart J 2001;22:2171-2179, doi 10.1053/euhj.2001.2822; He T et al., Magn Reson Med 2008;60:1082-1089, doi 10.1002/mrm.21744; recalled, the texts were not read)",
  } as Choice<(typeof t2starModels)[number]>,
  floor: {
    kind: "number",
    title: {
      en: "Floor below which echoes are cut off, in units of the noise",
      fr: "Plancher de troncature, en unités de bruit",
    },
    unit: "1",
    default: 3,
    minimum: 0,
    maximum: 100,
    source: "our own rule: near the noise magnitudes are biased upwards, and a late echo of noise lengthens T2*",
  } as NumberParameter & { readonly default: number },
  ...timeRange(
    { shortestMs: 0.5, longestMs: 500, name: "T2*" },
    "our own rule: from severe iron overload to free blood",
  ),
  ...mapParameters,
} as const;

/** The parameters' declarations by name. */
export type T2starMapParameters = typeof t2starMapParameters;
