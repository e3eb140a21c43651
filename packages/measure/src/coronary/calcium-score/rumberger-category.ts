/** The codes of Rumberger's categories: none, minimal, mild, moderate, severe. */
export type RumbergerCategory = "0" | ">0-10" | ">10-100" | ">100-400" | ">400";

/**
 * Rumberger's category of a calcium score, on the unrounded value and without holes: 0 none; up to 10 minimal; up to 100
 * mild; up to 400 moderate; above 400 severe. Its upper bounds belong to the category, unlike those of the guidelines.
 *
 * @see Rumberger JA et al., Mayo Clin Proc 1999;74:243-252 (classes confirmed in public code, the paper was not read)
 */
export function rumbergerCategory(agatston: number): RumbergerCategory {
  if (agatston <= 0) return "0";
  if (agatston <= 10) return ">0-10";
  if (agatston <= 100) return ">10-100";
  return agatston <= 400 ? ">100-400" : ">400";
}
