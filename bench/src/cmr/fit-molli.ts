import {
  decayCurve,
  fitMagnitudeRecovery,
  prepareRateModel,
  type RateFit,
  recoveryRoom,
  spreadRates,
} from "@etalon/kernels";
import { inversionTimesMs } from "./molli-images.ts";

/** T1 of each voxel, ms, as the protocol `cardiac/t1-map` fits it; 0 where there is none. */
export function fitMolli(magnitudes: Float32Array, t1Ms: Float32Array): void {
  const points = inversionTimesMs.length;
  const curve = decayCurve(Float64Array.from(inversionTimesMs));
  const rates = spreadRates(1 / 5000, 1 / 10, 32);
  const model = prepareRateModel({ points, curve, hasOffset: true, sign: -1, rates });
  const room = recoveryRoom(points);
  const fit: RateFit = { rate: 0, amplitude: 0, offset: 0, squares: 0 };
  const signal = new Float64Array(points);
  for (let voxel = 0; voxel < t1Ms.length; voxel++) {
    for (let i = 0; i < points; i++) signal[i] = magnitudes[voxel * points + i];
    const outcome = fitMagnitudeRecovery(model, signal, { fit, room });
    t1Ms[voxel] = outcome === "converged" ? (-fit.amplitude / fit.offset - 1) / fit.rate : 0;
  }
}
