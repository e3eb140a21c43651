import type { Protocol } from "../../protocol.ts";
import { matchHeartMr } from "../heart-match.ts";
import type { InterventionRoles } from "./inputs.ts";
import { checkIntervention } from "./measure.ts";
import { interventionOutputs } from "./outputs.ts";
import { type InterventionParameters, interventionParameters } from "./parameters.ts";

/** An ablation against its plan: what of the target the lesion or oedema covers, and what of it was there before. */
export const interventionCheck: Protocol<InterventionRoles, InterventionParameters> = {
  id: "cardiac/intervention-check",
  version: "1.0.0",
  title: { en: "Ablation against its planned target", fr: "Ablation comparée à la cible planifiée" },
  roles: {
    after: {
      kind: "series",
      title: { en: "Images after the intervention", fr: "Images après le geste" },
      unit: "1",
      minimumSlices: 1,
      match: matchHeartMr,
    },
    before: {
      kind: "series",
      title: { en: "Images before, on the same grid", fr: "Images avant le geste, sur la même grille" },
      unit: "1",
      minimumSlices: 1,
      isOptional: true,
      match: matchHeartMr,
    },
  },
  parameters: interventionParameters,
  outputs: interventionOutputs,
  references: [
    {
      citation: "Dice LR. Ecology 1945;26:297-302",
      doi: "10.2307/1932409",
      note: "overlap; recalled, the text was not read",
    },
    {
      citation: "Huttenlocher DP, Klanderman GA, Rucklidge WJ. IEEE Trans Pattern Anal Mach Intell 1993;15:850-863",
      doi: "10.1109/34.232073",
      note: "Hausdorff distance; recalled, the text was not read",
    },
    {
      citation: "Felzenszwalb PF, Huttenlocher DP. Theory of Computing 2012;8:415-428",
      doi: "10.4086/toc.2012.v008a019",
      note: "distance transform; recalled, the text was not read",
    },
  ],
  replay: "bitwise",
  measure: checkIntervention,
};
