import type { Stack } from "@etalon/volume";
import { fieldStrengthRole } from "../../mapping/number-roles.ts";
import type { Protocol, RoleMatch } from "../../protocol.ts";
import { matchHeartMr } from "../heart-match.ts";
import type { EcvRoles } from "./inputs.ts";
import { measureEcv } from "./measure.ts";
import { ecvOutputs } from "./outputs.ts";
import { type EcvParameters, ecvParameters } from "./parameters.ts";

/** Extracellular volume of the myocardium from T1 maps before and after contrast. */
export const ecv: Protocol<EcvRoles, EcvParameters> = {
  id: "cardiac/ecv",
  version: "1.0.0",
  title: { en: "Extracellular volume", fr: "Volume extracellulaire" },
  roles: {
    "native-t1": {
      kind: "series",
      title: { en: "T1 map before contrast, ms", fr: "Cartographie T1 avant injection, ms" },
      unit: "ms",
      minimumSlices: 1,
      match: matchT1Map,
    },
    "post-t1": {
      kind: "series",
      title: { en: "T1 map after contrast, ms", fr: "Cartographie T1 après injection, ms" },
      unit: "ms",
      minimumSlices: 1,
      match: matchT1Map,
    },
    haematocrit: {
      kind: "number",
      title: { en: "Haematocrit, a fraction", fr: "Hématocrite, une fraction" },
      code: { value: "20570-8", scheme: "LN", meaning: "Hematocrit [Volume Fraction] of Blood" },
      unit: "1",
      isOptional: true,
    },
    "field-strength": fieldStrengthRole,
  },
  parameters: ecvParameters,
  outputs: ecvOutputs,
  references: [
    {
      citation: "Messroghli DR, Moon JC, Ferreira VM, et al. J Cardiovasc Magn Reson 2017;19:75",
      doi: "10.1186/s12968-017-0389-8",
      note: "formula; recalled, the text was not read",
    },
    {
      citation: "Treibel TA, Fontana M, Maestrini V, et al. JACC Cardiovasc Imaging 2016;9:54-63",
      doi: "10.1016/j.jcmg.2015.11.008",
      note: "synthetic haematocrit at 1.5 T, one centre; recalled, the text was not read",
    },
  ],
  replay: "bitwise",
  measure: measureEcv,
};

/** Which of two maps is the one before contrast only a reader can say: none is taken unnamed. */
function matchT1Map(stack: Stack): RoleMatch {
  const match = matchHeartMr(stack);
  return match.fits ? { fits: false, reason: "not-named", mayBeChosen: true } : match;
}
