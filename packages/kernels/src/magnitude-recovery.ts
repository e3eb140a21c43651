import { fitRate, type RateFit, type RateModel, type RateOutcome } from "./rate-fit.ts";

/** Room that the fits of one thread work in. */
export interface RecoveryRoom {
  readonly signed: Float64Array;
  readonly other: RateFit;
}

/** Room for fits of so many points. */
export function recoveryRoom(points: number): RecoveryRoom {
  return { signed: new Float64Array(points), other: { rate: 0, amplitude: 0, offset: 0, squares: 0 } };
}

/**
 * Fits an inversion recovery to magnitudes: the signal is negative up to its null, and the smallest magnitude lies on one
 * side of it or the other, so that both are fitted and the better one counts (J. K. Barral et al., Magn Reson Med
 * 2010;64:1057-1067, the reduced-dimension search with polarity restoration).
 *
 * @param model a curve with offset and negative amplitude, its points in the order of ascending times
 * @param magnitude its first `model.points` values are read, their sign is not
 * @param fit written; meaningful when the outcome is `converged`
 */
export function fitMagnitudeRecovery(
  model: RateModel,
  magnitude: Float64Array,
  { fit, room }: { readonly fit: RateFit; readonly room: RecoveryRoom },
): RateOutcome {
  const { points } = model;
  const { signed, other } = room;
  let lowest = 0;
  for (let i = 1; i < points; i++) if (Math.abs(magnitude[i]) < Math.abs(magnitude[lowest])) lowest = i;
  for (let i = 0; i < points; i++) signed[i] = i < lowest ? -Math.abs(magnitude[i]) : Math.abs(magnitude[i]);
  const above = fitRate(model, signed, fit);
  signed[lowest] = -signed[lowest];
  const below = fitRate(model, signed, other);
  if (below !== "converged" || (above === "converged" && fit.squares <= other.squares)) return above;
  fit.rate = other.rate;
  fit.amplitude = other.amplitude;
  fit.offset = other.offset;
  fit.squares = other.squares;
  return "converged";
}
