import { mapParameters, timeRange } from "../../mapping/map-parameters.ts";
import type { ChoiceParameter } from "../../protocol.ts";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };

/** Ways of fitting a T1 map. */
export const t1Models = [
  "by-images",
  "inversion-recovery",
  "molli",
  "sasha-2",
  "sasha-3",
  "vfa",
  "vfa-linear",
] as const;

/** Everything the map could have done otherwise. */
export const t1MapParameters = {
  model: {
    kind: "choice",
    title: { en: "Model", fr: "Modèle" },
    default: "by-images",
    choices: t1Models,
    source:
      "by-images: variable flip angles are vfa; a series called MOLLI or Look-Locker, or read with flip angles below 60 degrees, is molli; one called SASHA or saturation recovery is sasha-3; else inversion-recovery. inversion-recovery: a + b·exp(−TI/T1) on magnitudes, Barral JK et al., Magn Reson Med 2010;64:1057-1067, doi 10.1002/mrm.22497. molli: A − B·exp(−TI/T1*), T1 = T1*·(B/A − 1), Messroghli DR et al., Magn Reson Med 2004;52:141-146, doi 10.1002/mrm.20110. sasha: Chow K et al., Magn Reson Med 2014;71:2082-2095, doi 10.1002/mrm.24878 (recalled). vfa: nonlinear; vfa-linear: Gupta RK, J Magn Reson 1977;25:231-235 (recalled)",
  } as Choice<(typeof t1Models)[number]>,
  state: {
    kind: "choice",
    title: { en: "State of the patient", fr: "État du patient" },
    default: "rest",
    choices: ["rest", "stress"],
    source:
      "the reader's own statement. Under vasodilator stress the map is fitted and nothing is concluded: the two papers that claimed a diagnosis from it (J Am Coll Cardiol 2018;71:957-968 and 969-979) and an editorial were retracted in 2020 for fabricated data",
  } as Choice<"rest" | "stress">,
  ...timeRange(
    { shortestMs: 10, longestMs: 5000, name: "T1" },
    "from tissue just after contrast to free water; the search of Barral JK et al. 2010 ends at 5000 ms too",
  ),
  ...mapParameters,
} as const;

/** The parameters' declarations by name. */
export type T1MapParameters = typeof t1MapParameters;
