import type { Protocol } from "../../protocol.ts";
import { matchHeartMr } from "../heart-match.ts";
import type { OedemaRoles } from "./inputs.ts";
import { measureOedema } from "./measure.ts";
import { oedemaOutputs } from "./outputs.ts";
import { type OedemaParameters, oedemaParameters } from "./parameters.ts";

/** Myocardial oedema on T2-weighted images: ratio to skeletal muscle, extent, segments. */
export const oedema: Protocol<OedemaRoles, OedemaParameters> = {
  id: "cardiac/oedema",
  version: "1.0.0",
  title: { en: "Myocardial oedema, T2-weighted", fr: "Œdème myocardique en pondération T2" },
  roles: {
    "t2-weighted": {
      kind: "series",
      title: { en: "Short-axis stack, T2-weighted (STIR)", fr: "Petit axe en pondération T2 (STIR)" },
      unit: "1",
      minimumSlices: 2,
      match: matchHeartMr,
    },
  },
  parameters: oedemaParameters,
  outputs: oedemaOutputs,
  references: [
    {
      citation: "Friedrich MG, Sechtem U, Schulz-Menger J, et al. J Am Coll Cardiol 2009;53:1475-1487",
      doi: "10.1016/j.jacc.2009.02.007",
      note: "Lake Louise 2009: ratio of 2.0 and above; table 7 was read at PMC2743893",
    },
    {
      citation: "Ferreira VM, Schulz-Menger J, Holmvang G, et al. J Am Coll Cardiol 2018;72:3158-3176",
      doi: "10.1016/j.jacc.2018.09.072",
      note: "Lake Louise 2018: keeps the ratio beside T2 mapping; the abstract was read",
    },
    {
      citation: "Cerqueira MD, Weissman NJ, Dilsizian V, et al. Circulation 2002;105:539-542",
      doi: "10.1161/hc0402.102975",
      note: "17 segments; recalled, the text was not read",
    },
  ],
  replay: "bitwise",
  measure: measureOedema,
};
