import { exp, log } from "@etalon/kernels";
import { type MesaDistribution, mesaAges, mesaDistribution, mesaLadder } from "./mesa-reference.ts";
import type { MesaStratum } from "./mesa-stratum.ts";

/** The percentiles that are drawn: those of McClelland 2006, table 2, but the 95th, which some ages never reach. */
const DRAWN = [25, 50, 75, 90] as const;

/** The score that one percentile has at each age. */
export interface MesaPercentileCurve {
  readonly percentile: (typeof DRAWN)[number];
  /** `[age in completed years, Agatston score]` for every age from 45 to 84, unrounded. */
  readonly points: readonly (readonly [ageYears: number, agatston: number])[];
}

/**
 * Curves of the 25th, 50th, 75th and 90th percentile of the Agatston score over age in MESA, for a chart: the inverse of
 * the interpolation that gives a score its percentile, and 0 where the share of people without calcium reaches the
 * percentile. Where several scores have one percentile the smallest is given.
 *
 * @see McClelland 2006, doi 10.1161/CIRCULATIONAHA.105.580696
 */
export function mesaPercentileCurves(stratum: MesaStratum): readonly MesaPercentileCurve[] {
  const ages = Array.from({ length: mesaAges.oldest - mesaAges.youngest + 1 }, (_, at) => mesaAges.youngest + at);
  const distributions = ages.map((age) => [age, mesaDistribution(stratum, age)] as const);
  return DRAWN.map((percentile) => ({
    percentile,
    points: distributions.map(([age, distribution]) => [age, scoreAt(distribution, percentile)] as const),
  }));
}

/** Smallest score whose percentile is at least the one asked, which no age's last percentile is below. */
function scoreAt({ nonZeroProbabilityPercent, percentiles }: MesaDistribution, percentile: number): number {
  if (percentile <= 100 - nonZeroProbabilityPercent) return 0;
  const above = percentiles.findIndex((reached) => reached >= percentile);
  // Between the share without calcium and the first percentile lie scores above 0 and up to the first of the ladder.
  if (above === 0) return mesaLadder[0];
  const [low, high] = [mesaLadder[above - 1], mesaLadder[above]];
  const share = (percentile - percentiles[above - 1]) / (percentiles[above] - percentiles[above - 1]);
  return share === 1 ? high : low * exp(share * (log(high) - log(low)));
}
