import { type PerfusionParameters, perfusionParameters } from "../../perfusion/perfusion-parameters.ts";
import { type PerfusionRoles, perfusionRoles } from "../../perfusion/perfusion-roles.ts";
import type { Protocol } from "../../protocol.ts";
import { measurePerfusionCurves } from "./measure.ts";
import { perfusionCurvesOutputs } from "./outputs.ts";

/** First-pass curves of blood and myocardium, upslopes and the reserve index. */
export const perfusionCurves: Protocol<PerfusionRoles, PerfusionParameters> = {
  id: "cardiac/perfusion-curves",
  version: "1.1.0",
  title: { en: "First-pass perfusion curves", fr: "Courbes de perfusion de premier passage" },
  roles: perfusionRoles,
  parameters: perfusionParameters,
  outputs: perfusionCurvesOutputs,
  references: [
    {
      citation: "Jerosch-Herold M, Wilke N, Stillman AE. Med Phys 1998;25:73-84",
      doi: "10.1118/1.598163",
      note: "upslope and reserve; recalled, the text was not read",
    },
  ],
  replay: "bitwise",
  measure: measurePerfusionCurves,
};
