import { exp } from "./elementary.ts";
import type { RateCurve } from "./rate-fit.ts";

/** e^(−t·rate) at times in one unit, the rate in its inverse. */
export function decayCurve(times: Float64Array): RateCurve {
  return (rate, values, slopes) => {
    for (let i = 0; i < times.length; i++) {
      const value = exp(-times[i] * rate);
      values[i] = value;
      slopes[i] = -times[i] * value;
    }
  };
}

/** 1 − e^(−t·rate): recovery from saturation. */
export function saturationCurve(times: Float64Array): RateCurve {
  return (rate, values, slopes) => {
    for (let i = 0; i < times.length; i++) {
      const rest = exp(-times[i] * rate);
      values[i] = 1 - rest;
      slopes[i] = times[i] * rest;
    }
  };
}

/**
 * Steady-state signal of a spoiled gradient echo, sin α (1 − E)/(1 − E cos α) with E = e^(−TR·rate), for each flip angle
 * (R. R. Ernst and W. A. Anderson, Rev Sci Instrum 1966;37:93-102).
 *
 * @param sines and cosines of the flip angles
 * @param repetitionTimes in one unit, the rate in its inverse
 */
export function spoiledEchoCurve(sines: Float64Array, cosines: Float64Array, repetitionTimes: Float64Array): RateCurve {
  return (rate, values, slopes) => {
    for (let i = 0; i < sines.length; i++) {
      const rest = exp(-repetitionTimes[i] * rate);
      const below = 1 - rest * cosines[i];
      values[i] = (sines[i] * (1 - rest)) / below;
      // By the rate: dE/drate = −TR·E, and d/dE of the quotient is sin α (cos α − 1)/(1 − E cos α)².
      slopes[i] = (-repetitionTimes[i] * rest * sines[i] * (cosines[i] - 1)) / (below * below);
    }
  };
}
