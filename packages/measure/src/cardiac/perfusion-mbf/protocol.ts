import { type FlowParameters, flowParameters, perfusionParameters } from "../../perfusion/perfusion-parameters.ts";
import { type PerfusionRoles, perfusionRoles } from "../../perfusion/perfusion-roles.ts";
import type { Protocol } from "../../protocol.ts";
import { measurePerfusionMbf } from "./measure.ts";
import { perfusionMbfOutputs } from "./outputs.ts";

/** Myocardial blood flow under stress and at rest, and the reserve. */
export const perfusionMbf: Protocol<PerfusionRoles, FlowParameters> = {
  id: "cardiac/perfusion-mbf",
  version: "1.3.0",
  title: { en: "Myocardial blood flow", fr: "Débit sanguin myocardique" },
  roles: perfusionRoles,
  parameters: { ...perfusionParameters, ...flowParameters },
  outputs: perfusionMbfOutputs,
  references: [
    {
      citation: "Jerosch-Herold M, Wilke N, Stillman AE. Med Phys 1998;25:73-84",
      doi: "10.1118/1.598163",
      note: "Fermi-constrained deconvolution; recalled, the text was not read",
    },
    {
      citation: "Kellman P, Hansen MS, Nielles-Vallespin S, et al. J Cardiovasc Magn Reson 2017;19:43",
      doi: "10.1186/s12968-017-0355-5",
      note: "dual sequence and flow maps; recalled, the text was not read",
    },
    {
      citation: "Kotecha T, Martinez-Naharro A, Boldrini M, et al. JACC Cardiovasc Imaging 2019;12:1958-1969",
      doi: "10.1016/j.jcmg.2018.12.022",
      note: "cut-offs of stress flow; recalled, the text was not read, not verified",
    },
  ],
  replay: "bitwise",
  measure: measurePerfusionMbf,
};
