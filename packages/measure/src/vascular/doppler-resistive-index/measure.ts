import { InputError } from "@etalon/base";

/** The two velocities of one arterial beat. */
export interface ResistiveIndexInputs {
  /** Highest velocity of the beat, positive. */
  readonly peakSystolicVelocityCmPerS: number;
  /** Velocity at the end of diastole; negative when flow is reversed. */
  readonly endDiastolicVelocityCmPerS: number;
}

/**
 * Resistive index (Pourcelot index) of one arterial Doppler beat, dimensionless.
 *
 *     RI = (PSV − EDV) / PSV
 *
 * Both velocities come from the same beam, so the Doppler angle cancels and no angle correction is needed. Reversed
 * end-diastolic flow gives RI > 1. The result is not rounded.
 *
 * @param inputs velocities in cm/s, positive in the direction of systolic flow
 * @throws {InputError} `not-finite` for NaN or infinity; `out-of-range` unless PSV > 0 and |EDV| ≤ PSV
 */
export function measureResistiveIndex(inputs: ResistiveIndexInputs): number {
  const { peakSystolicVelocityCmPerS: psv, endDiastolicVelocityCmPerS: edv } = inputs;
  for (const [field, velocity] of Object.entries({ "peak-systolic-velocity": psv, "end-diastolic-velocity": edv })) {
    if (!Number.isFinite(velocity)) throw new InputError("not-finite", field, velocity);
  }
  if (psv <= 0) throw new InputError("out-of-range", "peak-systolic-velocity", psv, "> 0 cm/s");
  // EDV above PSV means the two cursors were swapped, not a low resistance.
  if (Math.abs(edv) > psv) throw new InputError("out-of-range", "end-diastolic-velocity", edv, `±${psv} cm/s`);
  return (psv - edv) / psv;
}
