import { drawnRegions } from "../../mapping/drawn-regions.ts";
import { matchWeighted } from "../../mapping/match-weighted.ts";
import type { Protocol } from "../../protocol.ts";
import type { T1MapRoles } from "./inputs.ts";
import { measureT1Map } from "./measure.ts";
import { t1MapOutputs } from "./outputs.ts";
import { type T1MapParameters, t1MapParameters } from "./parameters.ts";

/** A map of the longitudinal relaxation time T1. */
export const t1Map: Protocol<T1MapRoles, T1MapParameters> = {
  id: "cardiac/t1-map",
  version: "1.0.0",
  title: { en: "T1 map", fr: "Cartographie T1" },
  roles: {
    "t1-images": {
      kind: "series",
      title: {
        en: "Images of several inversion times, saturation times or flip angles",
        fr: "Images à plusieurs temps d'inversion, temps de saturation ou angles de bascule",
      },
      unit: "1",
      minimumSlices: 1,
      weightedBy: ["inversionTimeMs", "triggerTimeMs", "flipAngleDeg"],
      minimumWeightings: 2,
      match: matchWeighted,
    },
  },
  parameters: t1MapParameters,
  outputs: t1MapOutputs,
  draws: drawnRegions("t1-images"),
  references: [
    {
      citation: "Barral JK, Gudmundson E, Stikov N, et al. Magn Reson Med 2010;64:1057-1067",
      doi: "10.1002/mrm.22497",
      note: "polarity restored by fitting both signs of the smallest magnitude",
    },
    {
      citation: "Messroghli DR, Radjenovic A, Kozerke S, et al. Magn Reson Med 2004;52:141-146",
      doi: "10.1002/mrm.20110",
      note: "recalled, the text was not read",
    },
    {
      citation: "Messroghli DR, Moon JC, Ferreira VM, et al. J Cardiovasc Magn Reson 2017;19:75",
      doi: "10.1186/s12968-017-0389-8",
      note: "normal values are each site's own; recalled, the text was not read",
    },
    {
      citation: "Liu A, Wijesurendra RS, Liu JM, et al. J Am Coll Cardiol 2018;71:957-968",
      doi: "10.1016/j.jacc.2017.11.071",
      note: "T1 under stress: RETRACTED in 2020; cited as the reason why nothing is concluded",
    },
    {
      citation: "Liu A, Wijesurendra RS, Liu JM, et al. J Am Coll Cardiol 2018;71:969-979",
      doi: "10.1016/j.jacc.2017.12.046",
      note: "T1 under stress: RETRACTED in 2020; cited as the reason why nothing is concluded",
    },
  ],
  replay: "bitwise",
  measure: measureT1Map,
};
