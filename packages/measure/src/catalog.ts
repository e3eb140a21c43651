import { ecv } from "./cardiac/ecv/protocol.ts";
import { interventionCheck } from "./cardiac/intervention-check/protocol.ts";
import { lateEnhancement } from "./cardiac/late-enhancement/protocol.ts";
import { lvFunction } from "./cardiac/lv-function/protocol.ts";
import { oedema } from "./cardiac/oedema/protocol.ts";
import { perfusionCurves } from "./cardiac/perfusion-curves/protocol.ts";
import { perfusionMbf } from "./cardiac/perfusion-mbf/protocol.ts";
import { t1Map } from "./cardiac/t1-map/protocol.ts";
import { t2Map } from "./cardiac/t2-map/protocol.ts";
import { t2starMap } from "./cardiac/t2star-map/protocol.ts";
import { calciumScore } from "./coronary/calcium-score/protocol.ts";
import type { AnyProtocol } from "./protocol.ts";
import { dopplerResistiveIndex } from "./vascular/doppler-resistive-index/protocol.ts";

/** Every protocol, in the order of its folder. A folder without a line here fails catalog.test.ts. */
export const catalog: readonly AnyProtocol[] = [
  ecv,
  interventionCheck,
  lateEnhancement,
  lvFunction,
  oedema,
  perfusionCurves,
  perfusionMbf,
  t1Map,
  t2Map,
  t2starMap,
  calciumScore,
  dopplerResistiveIndex,
];
