import { log } from "@etalon/kernels";
import { type MesaDistribution, mesaLadder } from "./mesa-reference.ts";

/**
 * Percentile of a score in a distribution, 0 to 100, unrounded: linear in the logarithm of the score between the scores of
 * the ladder. Below the first (1) it is the percentile of 1, from which the share of people without calcium differs by the
 * rounding of the table only; above the last (4000) it is the percentile of 4000, a lower bound.
 *
 * @param agatston above 0; at 0 a score has no percentile but the share of people who have calcium
 */
export function percentileOfScore({ percentiles }: MesaDistribution, agatston: number): number {
  const above = mesaLadder.findIndex((anchor) => agatston < anchor);
  if (above === -1) return percentiles[percentiles.length - 1];
  if (above === 0) return percentiles[0];
  const [low, high] = [mesaLadder[above - 1], mesaLadder[above]];
  const share = (log(agatston) - log(low)) / (log(high) - log(low));
  return percentiles[above - 1] + share * (percentiles[above] - percentiles[above - 1]);
}
