import type { Pack } from "./engine/rule.ts";
import { calciumCategories } from "./packs/calcium-categories/pack.ts";

/** Every pack, in the order they are evaluated: a pack that derives a fact stands before those that read it. */
export const catalog: readonly Pack[] = [calciumCategories];
