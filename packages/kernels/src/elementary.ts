/**
 * Elementary functions by plain arithmetic. ECMA-262 (section 21.3.2) leaves the last bits of `Math.exp`, `Math.log`,
 * `Math.sin` … to each engine; those of addition, multiplication and division it does not. What is built from these alone
 * has the same bits in Node, in every browser and in years to come, and so may stand behind a digest.
 *
 * Arguments are reduced as by W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980: a multiple of
 * a constant is subtracted in parts, the first of which have so few bits that their products are exact. On the reduced
 * range the functions are their Taylor series, whose remainder is stated. The errors stated for each function, in units
 * in the last place (ulp), are what the tests assert against series in integers of 300 bits and more.
 */

/** ln 2, computed to 120 digits and cut: its first 32 bits, whose product with an exponent is exact, and the rest. */
const ln2Head = 0.6931471803691238;
const ln2Tail = 1.9082149292705877e-10;

/** π/2 in parts of 33, 33, 33 and 53 bits: the product with a whole number below 2^20 is exact in the first three. */
const halfPiParts = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32] as const;

/** 2^20 quarter turns, the range in which the reduction of an angle is exact enough, rad. */
const largestAngleRad = 1_647_099;

/** Beyond these the exponential is infinite (ln of the largest double), or zero (ln of half the smallest). */
const largestExponent = 709.782712893384;
const smallestExponent = -745.1332191019412;

const smallestNormal = 2.2250738585072014e-308;

/** −1/3!, 1/5! … 1/17!: (sin r − r)/r³ in r². */
const sinSeries = alternating(inverseFactorials(3, 2, 8), -1);
/** 1/4!, −1/6! … 1/20!: (cos r − 1 + r²/2)/r⁴ in r². */
const cosSeries = alternating(inverseFactorials(4, 2, 9), 1);
/** 2/3, 2/5 … 2/27: (2 artanh s − 2s)/s in s², without its first factor s². */
const logSeries = Float64Array.from({ length: 13 }, (_, n) => 2 / (2 * n + 3));

/** Powers of two from 2^-1022 to 2^1023, by exact doubling. */
const powersOfTwo = doublings();

function inverseFactorials(first: number, step: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => {
    let factorial = 1;
    for (let factor = 2; factor <= first + n * step; factor++) factorial *= factor;
    return 1 / factorial;
  });
}

function alternating(coefficients: Float64Array, firstSign: number): Float64Array {
  return coefficients.map((value, n) => (n % 2 === 0 ? firstSign : -firstSign) * value);
}

function doublings(): Float64Array {
  const powers = new Float64Array(2046);
  let power = smallestNormal;
  for (let k = 0; k < powers.length; k++) {
    powers[k] = power;
    power *= 2;
  }
  return powers;
}

/** c₀ + c₁x + c₂x² … by Horner's rule. */
function polynomial(coefficients: Float64Array, x: number): number {
  let sum = 0;
  for (let n = coefficients.length - 1; n >= 0; n--) sum = sum * x + (coefficients[n] ?? 0);
  return sum;
}

/** value · 2^k, k from -1100 to 1100; in two steps, of which at most the second rounds. */
function scaleByPowerOfTwo(value: number, k: number): number {
  const half = Math.trunc(k / 2);
  return value * (powersOfTwo[half + 1022] ?? 0) * (powersOfTwo[k - half + 1022] ?? 0);
}

/**
 * e to the power x, within 1 ulp.
 *
 * NaN for NaN; +∞ for +∞ and above 709.78; 0 for −∞ and below −745.13.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > largestExponent) return Number.POSITIVE_INFINITY;
  if (x < smallestExponent) return 0;
  const k = Math.round(x / (ln2Head + ln2Tail));
  const head = x - k * ln2Head;
  const tail = k * ln2Tail;
  const r = head - tail;
  const lost = head - r - tail;
  // |r| ≤ 0.347: the first term left out, r^16/16!, is below 3e-21. Horner's rule, written out: fits spend their time here.
  let series = 1 / 1_307_674_368_000;
  series = series * r + 1 / 87_178_291_200;
  series = series * r + 1 / 6_227_020_800;
  series = series * r + 1 / 479_001_600;
  series = series * r + 1 / 39_916_800;
  series = series * r + 1 / 3_628_800;
  series = series * r + 1 / 362_880;
  series = series * r + 1 / 40_320;
  series = series * r + 1 / 5_040;
  series = series * r + 1 / 720;
  series = series * r + 1 / 120;
  series = series * r + 1 / 24;
  series = series * r + 1 / 6;
  series = series * r + 1 / 2;
  return scaleByPowerOfTwo(1 + (r + (r * r * series + lost)), k);
}

/** The exponent and significand of a positive finite number: x = significand · 2^exponent, significand from √½ to √2. */
function splitExponent(x: number): { readonly exponent: number; readonly significand: number } {
  let exponent = 0;
  let significand = x;
  // Halving and doubling by powers of two is exact; each step halves what remains of the exponent's ten bits.
  if (significand < smallestNormal) {
    significand *= 18014398509481984;
    exponent -= 54;
  }
  for (let step = 512; step >= 1; step /= 2) {
    const power = powersOfTwo[step + 1022] ?? 0;
    if (significand >= power) {
      significand /= power;
      exponent += step;
    } else if (significand * power < 2) {
      significand *= power;
      exponent -= step;
    }
  }
  if (significand > Math.SQRT2) return { exponent: exponent + 1, significand: significand / 2 };
  return { exponent, significand };
}

/**
 * The natural logarithm of x, within 1 ulp.
 *
 * NaN for NaN and below 0; −∞ for 0; +∞ for +∞.
 */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { exponent, significand } = splitExponent(x);
  const f = significand - 1;
  const s = f / (2 + f);
  const z = s * s;
  // ln(1+f) = 2 artanh s = 2s + s·R with R = 2z/3 + 2z²/5 …, and 2s = f − s·f, s·f = f²/2 − s·f²/2: f stays unrounded.
  // |s| ≤ 0.1716: the first term of R left out, 2z^14/29, is below 4e-23.
  const series = z * polynomial(logSeries, z);
  const halfSquare = 0.5 * f * f;
  return exponent * ln2Head - (halfSquare - (s * (halfSquare + series) + exponent * ln2Tail) - f);
}

/**
 * x to the power y as e^(y ln x), for x ≥ 0; within 2 + 3·|y ln x| ulp, because the roundings of the logarithm (1 ulp)
 * and of the product (½ ulp) become relative errors of the power, times its exponent, and an ulp is at least 2^-53 of a
 * value. A small whole power is better written as a product.
 *
 * 1 for y = 0 and for x = 1; NaN for any other NaN and for x < 0. For x = 0 and x = +∞ the limit: 0 or +∞.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  return exp(y * log(x));
}

/** An angle less a whole number of quarter turns: what remains, |rest| ≤ π/4, as a sum, and the quarter it lies in. */
interface ReducedAngle {
  readonly quarter: number;
  readonly rest: number;
  readonly restTail: number;
}

/** The rounding error of a − b, exactly (D. E. Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B). */
function differenceError(a: number, b: number, difference: number): number {
  const virtualB = a - difference;
  const virtualA = difference + virtualB;
  return a - virtualA - (b - virtualB);
}

function reduceAngle(angleRad: number): ReducedAngle {
  if (Math.abs(angleRad) > largestAngleRad) {
    throw new RangeError(`an angle must lie within ±${largestAngleRad} rad, got ${angleRad}`);
  }
  const k = Math.round(angleRad / halfPiParts[0]);
  const first = angleRad - k * halfPiParts[0];
  const second = first - k * halfPiParts[1];
  const third = second - k * halfPiParts[2];
  const tail =
    differenceError(first, k * halfPiParts[1], second) +
    (differenceError(second, k * halfPiParts[2], third) - k * halfPiParts[3]);
  const rest = third + tail;
  return { quarter: k & 3, rest, restTail: third - rest + tail };
}

/** sin(r + tail), |r| ≤ π/4; the first term left out, r^19/19!, is below 9e-20. */
function sinOfRest(r: number, tail: number): number {
  const z = r * r;
  return r + (r * z * polynomial(sinSeries, z) + tail * (1 - 0.5 * z));
}

/** cos(r + tail), |r| ≤ π/4; the first term left out, r^22/22!, is below 5e-24. */
function cosOfRest(r: number, tail: number): number {
  const z = r * r;
  const half = 0.5 * z;
  const leading = 1 - half;
  return leading + (1 - leading - half + (z * z * polynomial(cosSeries, z) - r * tail));
}

/**
 * The sine of an angle in radians, within 1 ulp.
 *
 * NaN for NaN and ±∞; −0 for −0.
 *
 * @throws {RangeError} for a finite angle beyond ±1 647 099 rad (2^20 quarter turns)
 */
export function sin(angleRad: number): number {
  if (!Number.isFinite(angleRad)) return Number.NaN;
  if (angleRad === 0) return angleRad;
  const { quarter, rest, restTail } = reduceAngle(angleRad);
  const size = quarter % 2 === 0 ? sinOfRest(rest, restTail) : cosOfRest(rest, restTail);
  return quarter < 2 ? size : -size;
}

/**
 * The cosine of an angle in radians, within 1 ulp.
 *
 * NaN for NaN and ±∞.
 *
 * @throws {RangeError} for a finite angle beyond ±1 647 099 rad (2^20 quarter turns)
 */
export function cos(angleRad: number): number {
  if (!Number.isFinite(angleRad)) return Number.NaN;
  const { quarter, rest, restTail } = reduceAngle(angleRad);
  const size = quarter % 2 === 0 ? cosOfRest(rest, restTail) : sinOfRest(rest, restTail);
  return quarter === 0 || quarter === 3 ? size : -size;
}
