import type { Pack } from "./engine/rule.ts";
import { arterialAge } from "./packs/arterial-age/pack.ts";
import { calciumCategories } from "./packs/calcium-categories/pack.ts";
import { hoffPercentile } from "./packs/hoff-percentile/pack.ts";
import { mesaChdRisk } from "./packs/mesa-chd-risk/pack.ts";
import { mesaPercentile } from "./packs/mesa-percentile/pack.ts";

/** Every pack, in the order they are evaluated: a pack that derives a fact stands before those that read it. */
export const catalog: readonly Pack[] = [calciumCategories, mesaPercentile, hoffPercentile, mesaChdRisk, arterialAge];
