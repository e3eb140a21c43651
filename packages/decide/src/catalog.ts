import type { Pack } from "./engine/rule.ts";
import { arterialAge } from "./packs/arterial-age/pack.ts";
import { bodyMassIndex } from "./packs/body-mass-index/pack.ts";
import { calciumCategories } from "./packs/calcium-categories/pack.ts";
import { calciumIndications } from "./packs/calcium-indications/pack.ts";
import { calciumLimits } from "./packs/calcium-limits/pack.ts";
import { calciumProgression } from "./packs/calcium-progression/pack.ts";
import { calciumRepeat } from "./packs/calcium-repeat/pack.ts";
import { calciumThresholds } from "./packs/calcium-thresholds/pack.ts";
import { hoffPercentile } from "./packs/hoff-percentile/pack.ts";
import { lakeLouise } from "./packs/lake-louise/pack.ts";
import { ldlLadder } from "./packs/ldl-ladder/pack.ts";
import { mesaChdRisk } from "./packs/mesa-chd-risk/pack.ts";
import { mesaPercentile } from "./packs/mesa-percentile/pack.ts";
import { minocaDesk } from "./packs/minoca-desk/pack.ts";
import { minocaGuidelines } from "./packs/minoca-guidelines/pack.ts";
import { pce } from "./packs/pce/pack.ts";
import { prevent } from "./packs/prevent/pack.ts";
import { score2Pack } from "./packs/score2/pack.ts";
import { sfcSfd2021 } from "./packs/sfc-sfd-2021/pack.ts";
import { shemesh } from "./packs/shemesh/pack.ts";
import { stressMr } from "./packs/stress-mr/pack.ts";
import { stressPerfusion } from "./packs/stress-perfusion/pack.ts";

/** Every pack, in the order they are evaluated: a pack that derives a fact stands before those that read it. */
export const catalog: readonly Pack[] = [
  calciumCategories,
  bodyMassIndex,
  score2Pack,
  prevent,
  pce,
  mesaPercentile,
  hoffPercentile,
  mesaChdRisk,
  arterialAge,
  sfcSfd2021,
  ldlLadder,
  calciumIndications,
  calciumThresholds,
  calciumRepeat,
  calciumProgression,
  calciumLimits,
  shemesh,
  lakeLouise,
  minocaGuidelines,
  minocaDesk,
  stressMr,
  stressPerfusion,
];
