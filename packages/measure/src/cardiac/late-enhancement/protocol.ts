import type { Protocol } from "../../protocol.ts";
import { matchHeartMr } from "../heart-match.ts";
import type { LateEnhancementRoles } from "./inputs.ts";
import { measureLateEnhancement } from "./measure.ts";
import { lateEnhancementOutputs } from "./outputs.ts";
import { type LateEnhancementParameters, lateEnhancementParameters } from "./parameters.ts";

/** Late gadolinium enhancement of the left ventricle: extent, mass, no-reflow, segments and pattern. */
export const lateEnhancement: Protocol<LateEnhancementRoles, LateEnhancementParameters> = {
  id: "cardiac/late-enhancement",
  version: "1.1.0",
  title: { en: "Late gadolinium enhancement", fr: "Rehaussement tardif" },
  roles: {
    "late-enhancement": {
      kind: "series",
      title: { en: "Short-axis stack after contrast", fr: "Petit axe après injection" },
      unit: "1",
      minimumSlices: 2,
      match: matchHeartMr,
    },
    "second-acquisition": {
      kind: "series",
      title: {
        en: "Another acquisition of the same heart, such as 3-D high resolution",
        fr: "Autre acquisition du même cœur, par exemple 3D haute résolution",
      },
      unit: "1",
      minimumSlices: 2,
      isOptional: true,
      match: matchHeartMr,
    },
  },
  parameters: lateEnhancementParameters,
  outputs: lateEnhancementOutputs,
  references: [
    {
      citation: "Amado LC, Gerber BL, Gupta SN, et al. J Am Coll Cardiol 2004;44:2383-2389",
      doi: "10.1016/j.jacc.2004.09.020",
      note: "recalled, the text was not read",
    },
    {
      citation: "Kim RJ, Wu E, Rafael A, et al. N Engl J Med 2000;343:1445-1453",
      doi: "10.1056/NEJM200011163432003",
      note: "bands of transmurality; recalled, the text was not read",
    },
    {
      citation: "Cerqueira MD, Weissman NJ, Dilsizian V, et al. Circulation 2002;105:539-542",
      doi: "10.1161/hc0402.102975",
      note: "17 segments; recalled, the text was not read",
    },
    { citation: "Otsu N. IEEE Trans Syst Man Cybern 1979;9:62-66", doi: "10.1109/TSMC.1979.4310076" },
  ],
  replay: "bitwise",
  measure: measureLateEnhancement,
};
