import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cos, exp, log, pow, sin } from "./elementary.ts";

/**
 * The oracle: fixed-point numbers, BigInts that count units of 2^-precision, and the textbook series on them. Its error is
 * some hundred units, so that it is exact to far more than the 53 bits of a double wherever the result is above 2^-1100.
 */
const precision = 1400n;
const one = 1n << precision;

const multiply = (a: bigint, b: bigint): bigint => (a * b) >> precision;
const divide = (a: bigint, b: bigint): bigint => (a << precision) / b;

/** A double as a fixed-point number; exact above 2^-1400. */
function fixed(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = (bits >> 52n) & 0x7ffn;
  const significand = (bits & 0xfffffffffffffn) + (biased === 0n ? 0n : 1n << 52n);
  const shift = (biased === 0n ? 1n : biased) - 1075n + precision;
  const magnitude = shift >= 0n ? significand << shift : significand >> -shift;
  return bits >> 63n === 1n ? -magnitude : magnitude;
}

/** Σ term(n), from term(0) = first and term(n) = term(n-1) · factor(n), until a term vanishes. */
function sumSeries(first: bigint, next: (term: bigint, n: bigint) => bigint): bigint {
  let sum = 0n;
  let term = first;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = next(term, n);
  }
  return sum;
}

/** e^x = (e^(x/2^12))^(2^12), the inner by Σ xⁿ/n!. */
function exactExp(x: bigint): bigint {
  const halvings = 12n;
  let result = sumSeries(one, (term, n) => multiply(term, x >> halvings) / n);
  for (let k = 0n; k < halvings; k++) result = multiply(result, result);
  return result;
}

/** 2 artanh((x−1)/(x+1)) = 2 Σ s^(2n+1)/(2n+1). */
function exactLogNearOne(x: bigint): bigint {
  const s = divide(x - one, x + one);
  const square = multiply(s, s);
  let sum = 0n;
  let power = s;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = multiply(power, square);
  }
  return 2n * sum;
}

const exactLn2 = exactLogNearOne(2n * one);

/** ln x = k ln 2 + ln(x/2^k), with x/2^k from 1 to 2. */
function exactLog(x: bigint): bigint {
  const k = BigInt(x.toString(2).length - 1) - precision;
  return k * exactLn2 + exactLogNearOne(k >= 0n ? x >> k : x << -k);
}

const exactSin = (x: bigint): bigint =>
  sumSeries(x, (term, n) => -multiply(multiply(term, x), x) / (2n * n * (2n * n + 1n)));
const exactCos = (x: bigint): bigint =>
  sumSeries(one, (term, n) => -multiply(multiply(term, x), x) / (2n * n * (2n * n - 1n)));

/** π by Machin's formula, 16 artan(1/5) − 4 artan(1/239). */
const artanOfInverse = (n: bigint): bigint => {
  let sum = 0n;
  let power = one / n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += (k % 4n === 1n ? power : -power) / k;
    power /= n * n;
  }
  return sum;
};
const exactPi = 16n * artanOfInverse(5n) - 4n * artanOfInverse(239n);

/** The angle less whole turns, so that the series stays short. */
const withinTurn = (x: bigint): bigint => x % (2n * exactPi);

/** The gap between neighbouring doubles at a value. */
function ulp(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  view.setBigUint64(0, bits + 1n);
  return view.getFloat64(0) - Math.abs(value);
}

/** |computed − exact| in ulp of the computed value. */
function errorUlp(computed: number, exact: bigint): number {
  const difference = fixed(computed) - exact;
  const magnitude = difference < 0n ? -difference : difference;
  return Number((magnitude * 1000n) / fixed(ulp(computed))) / 1000;
}

/** Fixed seed: the same arguments in every run. */
const runs = { numRuns: 400, seed: 1980 };
const double = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.double({ min, max, noNaN: true }),
    fc.integer({ min: 0, max: 1 << 30 }).map((n) => min + ((max - min) * n) / (1 << 30)),
  );

describe("within the stated error", () => {
  test("exp: 1 ulp over its whole range", () => {
    fc.assert(
      fc.property(double(-745.13, 709.78), (x) => {
        expect(errorUlp(exp(x), exactExp(fixed(x)))).toBeLessThan(1);
      }),
      runs,
    );
  });

  test("log: 1 ulp from the smallest double to the largest, and near 1", () => {
    const anyPositive = fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(anyPositive, double(0.5, 2), double(1 - 1e-9, 1 + 1e-9)), (x) => {
        expect(errorUlp(log(x), exactLog(fixed(x)))).toBeLessThan(1);
      }),
      runs,
    );
  });

  test("sin and cos: 1 ulp within 2^20 quarter turns", () => {
    fc.assert(
      fc.property(fc.oneof(double(-7, 7), double(-1_647_099, 1_647_099)), (x) => {
        const exact = withinTurn(fixed(x));
        expect(errorUlp(sin(x), exactSin(exact))).toBeLessThan(1);
        expect(errorUlp(cos(x), exactCos(exact))).toBeLessThan(1);
      }),
      runs,
    );
  });

  test("sin and cos beside their zeros, where the reduction cancels most", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1 << 20 }), (k) => {
        // The double next to k quarter turns.
        const x = Number((BigInt(k) * exactPi) >> (precision - 60n)) / 2 ** 61;
        fc.pre(x < 1_647_099);
        const exact = withinTurn(fixed(x));
        expect(errorUlp(sin(x), exactSin(exact))).toBeLessThan(1);
        expect(errorUlp(cos(x), exactCos(exact))).toBeLessThan(1);
      }),
      runs,
    );
  });

  test("pow: 2 + 3·|y ln x| ulp", () => {
    fc.assert(
      fc.property(double(1e-6, 1e6), double(-20, 20), (x, y) => {
        const exponent = multiply(fixed(y), exactLog(fixed(x)));
        const bound = 2 + 3 * Math.abs(y * Math.log(x));
        expect(errorUlp(pow(x, y), exactExp(exponent))).toBeLessThan(bound);
      }),
      runs,
    );
  });
});

describe("properties", () => {
  test("exp and log do not fall where their argument rises", () => {
    fc.assert(
      fc.property(double(-700, 700), (x) => {
        expect(exp(x + ulp(x))).toBeGreaterThanOrEqual(exp(x));
        const positive = Math.abs(x) + 1e-300;
        expect(log(positive + ulp(positive))).toBeGreaterThanOrEqual(log(positive));
      }),
      runs,
    );
  });

  test("sin is odd, cos is even, to the bit", () => {
    fc.assert(
      fc.property(double(-1e6, 1e6), (x) => {
        expect(sin(-x)).toBe(-sin(x));
        expect(cos(-x)).toBe(cos(x));
      }),
      runs,
    );
  });
});

describe("special values", () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;
  test.each([
    ["exp(NaN)", exp(nan), nan],
    ["exp(+∞)", exp(infinity), infinity],
    ["exp(−∞)", exp(minusInfinity), 0],
    ["exp(0)", exp(0), 1],
    ["exp above the largest double", exp(709.79), infinity],
    ["exp below the smallest double", exp(-745.14), 0],
    ["log(NaN)", log(nan), nan],
    ["log(−1)", log(-1), nan],
    ["log(0)", log(0), minusInfinity],
    ["log(1)", log(1), 0],
    ["log(+∞)", log(infinity), infinity],
    ["pow(x, 0)", pow(nan, 0), 1],
    ["pow(1, y)", pow(1, infinity), 1],
    ["pow(0, 2)", pow(0, 2), 0],
    ["pow(0, −2)", pow(0, -2), infinity],
    ["pow(−8, 2)", pow(-8, 2), nan],
    ["sin(−0)", sin(-0), -0],
    ["sin(+∞)", sin(infinity), nan],
    ["cos(−∞)", cos(minusInfinity), nan],
    ["cos(0)", cos(0), 1],
  ])("%s", (_, value, expected) => {
    expect(value).toBe(expected);
  });

  test.each([
    ["sin", sin],
    ["cos", cos],
  ])("%s refuses an angle it cannot reduce", (_, fun) => {
    expect(() => fun(1_647_100)).toThrow(RangeError);
    expect(() => fun(-1e300)).toThrow(RangeError);
  });
});
