import { InputError, RefusalError } from "@etalon/base";

/** T1 before and after contrast, ms. */
export interface T1Pair {
  readonly nativeMs: number;
  readonly postMs: number;
}

/**
 * Partition coefficient of the contrast agent: change of the relaxation rate of the myocardium over that of blood.
 *
 * @throws {RefusalError} `contrast-not-seen` when the T1 of blood is not shorter after contrast
 * @throws {InputError} `out-of-range` for a time that is not positive
 * @see Messroghli DR et al., J Cardiovasc Magn Reson 2017;19:75, doi 10.1186/s12968-017-0389-8 (recalled, the text was not read)
 */
export function partitionCoefficient(myocardium: T1Pair, blood: T1Pair): number {
  for (const [field, value] of Object.entries({ ...myocardium, blood: blood.nativeMs, bloodPost: blood.postMs })) {
    if (!(value > 0 && Number.isFinite(value))) throw new InputError("out-of-range", field, value, "> 0 ms");
  }
  const change = ({ nativeMs, postMs }: T1Pair): number => 1 / postMs - 1 / nativeMs;
  if (!(change(blood) > 0)) {
    throw new RefusalError("contrast-not-seen", {
      field: "post-t1",
      received: blood.postMs,
      details: { expected: blood.nativeMs },
    });
  }
  return change(myocardium) / change(blood);
}

/**
 * Extracellular volume, a fraction: partition coefficient × (1 − haematocrit).
 *
 * @param haematocrit a fraction
 * @throws {InputError} `out-of-range` for a haematocrit that no living person has
 */
export function extracellularVolume(partition: number, haematocrit: number): number {
  if (!(haematocrit >= 0.1 && haematocrit <= 0.75)) {
    throw new InputError("out-of-range", "haematocrit", haematocrit, "0.1..0.75");
  }
  return partition * (1 - haematocrit);
}

/** Field at which the calibration of the synthetic haematocrit holds, T, and how far a scanner's may be from its name. */
const publishedFieldT = 1.5;
const fieldToleranceT = 0.1;

/**
 * Haematocrit, a fraction, from the native T1 of blood.
 *
 * @throws {RefusalError} `field-strength-unsupported` at another field than 1.5 T, or where it is not known
 * @see Treibel TA et al., JACC Cardiovasc Imaging 2016;9:54-63, doi 10.1016/j.jcmg.2015.11.008 (as the reference file gives it)
 */
export function syntheticHaematocrit(nativeBloodMs: number, fieldStrengthT: number | undefined): number {
  if (fieldStrengthT === undefined || !(Math.abs(fieldStrengthT - publishedFieldT) <= fieldToleranceT)) {
    throw new RefusalError("field-strength-unsupported", {
      field: "haematocrit-from",
      received: fieldStrengthT ?? "–",
      details: { expected: publishedFieldT },
    });
  }
  return 866 / nativeBloodMs - 0.1232;
}
