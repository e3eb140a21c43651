import { drawnRegions } from "../../mapping/drawn-regions.ts";
import { matchWeighted } from "../../mapping/match-weighted.ts";
import type { Protocol } from "../../protocol.ts";
import { measureT2Map, type T2MapRoles, t2MapOutputs } from "./measure.ts";
import { type T2MapParameters, t2MapParameters } from "./parameters.ts";

/** A map of the transverse relaxation time T2. */
export const t2Map: Protocol<T2MapRoles, T2MapParameters> = {
  id: "cardiac/t2-map",
  version: "1.0.0",
  title: { en: "T2 map", fr: "Cartographie T2" },
  roles: {
    "t2-images": {
      kind: "series",
      title: {
        en: "Images of several echo times or T2 preparations",
        fr: "Images à plusieurs temps d'écho ou préparations T2",
      },
      unit: "1",
      minimumSlices: 1,
      weightedBy: ["echoTimeMs"],
      minimumWeightings: 2,
      match: matchWeighted,
    },
  },
  parameters: t2MapParameters,
  outputs: t2MapOutputs,
  draws: drawnRegions("t2-images"),
  references: [
    {
      citation: "Messroghli DR, Moon JC, Ferreira VM, et al. J Cardiovasc Magn Reson 2017;19:75",
      doi: "10.1186/s12968-017-0389-8",
      note: "recalled, the text was not read",
    },
  ],
  replay: "bitwise",
  measure: measureT2Map,
};
