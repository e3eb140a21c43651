import { drawnRegions } from "../../mapping/drawn-regions.ts";
import { matchWeighted } from "../../mapping/match-weighted.ts";
import { fieldStrengthRole } from "../../mapping/number-roles.ts";
import type { Protocol } from "../../protocol.ts";
import { measureT2starMap, type T2starMapRoles, t2starMapOutputs } from "./measure.ts";
import { type T2starMapParameters, t2starMapParameters } from "./parameters.ts";

/** A map of the effective transverse relaxation time T2*, and myocardial iron. */
export const t2starMap: Protocol<T2starMapRoles, T2starMapParameters> = {
  id: "cardiac/t2star-map",
  version: "1.0.0",
  title: { en: "T2* map", fr: "Cartographie T2*" },
  roles: {
    "t2star-images": {
      kind: "series",
      title: { en: "Gradient echoes of several echo times", fr: "Échos de gradient à plusieurs temps d'écho" },
      unit: "1",
      minimumSlices: 1,
      weightedBy: ["echoTimeMs"],
      minimumWeightings: 3,
      match: matchWeighted,
    },
    "field-strength": fieldStrengthRole,
  },
  parameters: t2starMapParameters,
  outputs: t2starMapOutputs,
  draws: drawnRegions("t2star-images"),
  references: [
    {
      citation: "Anderson LJ, Holden S, Davis B, et al. Eur Heart J 2001;22:2171-2179",
      doi: "10.1053/euhj.2001.2822",
      note: "categories of iron at 1.5 T; recalled, the text was not read",
    },
    {
      citation: "He T, Gatehouse PD, Smith GC, et al. Magn Reson Med 2008;60:1082-1089",
      doi: "10.1002/mrm.21744",
      note: "models against noise; recalled, the text was not read",
    },
  ],
  replay: "bitwise",
  measure: measureT2starMap,
};
