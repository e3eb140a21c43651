import { lateEnhancement } from "./cardiac/late-enhancement/protocol.ts";
import { lvFunction } from "./cardiac/lv-function/protocol.ts";
import { oedema } from "./cardiac/oedema/protocol.ts";
import { calciumScore } from "./coronary/calcium-score/protocol.ts";
import type { AnyProtocol } from "./protocol.ts";
import { dopplerResistiveIndex } from "./vascular/doppler-resistive-index/protocol.ts";

/** Every protocol, in the order of its folder. A folder without a line here fails catalog.test.ts. */
export const catalog: readonly AnyProtocol[] = [
  lateEnhancement,
  lvFunction,
  oedema,
  calciumScore,
  dopplerResistiveIndex,
];
