import { InputError } from "@etalon/base";
import { calciumModelKvps } from "../calcium-model.ts";

/** What a thorax phantom is made with; ranges and units stand in {@link thoraxOptionRanges}. */
export interface ThoraxPhantomOptions {
  /** Slice thickness, mm: the box that a slice averages along z. */
  readonly thicknessMm: number;
  /** Distance from slice to slice, mm; smaller than the thickness for overlapping slices. */
  readonly incrementMm: number;
  /** Tube voltage, one of 70, 80, 100, 120, 135 kVp. Only calcium changes with it. */
  readonly kvp: number;
  /** Which noise, integer. */
  readonly seed: number;
  /** SD of the noise of one pixel of a 3 mm slice, HU; other thicknesses scale with √(3 / thickness). */
  readonly noiseSdHu: number;
  /** HU of the blood: about 40 without, 300 and more with contrast agent. */
  readonly bloodHu: number;
  readonly columns: number;
  readonly rows: number;
  /** Width of the image, mm; pixels are square: fieldOfViewMm / columns. */
  readonly fieldOfViewMm: number;
  /** Whether the header names a contrast agent (ContrastBolusAgent); it need not agree with `bloodHu`. */
  readonly contrastTagged?: boolean;
}

/** One number of the options: unit (UCUM), least and greatest value, whether it is whole. */
export interface OptionRange {
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly isInteger: boolean;
}

/** Every number of the options but `kvp`, which is one of a list. */
export const thoraxOptionRanges: Readonly<
  Record<Exclude<keyof ThoraxPhantomOptions, "kvp" | "contrastTagged">, OptionRange>
> = {
  thicknessMm: { unit: "mm", minimum: 0.25, maximum: 10, isInteger: false },
  incrementMm: { unit: "mm", minimum: 0.25, maximum: 10, isInteger: false },
  seed: { unit: "1", minimum: 0, maximum: 4294967295, isInteger: true },
  noiseSdHu: { unit: "[hnsf'U]", minimum: 0, maximum: 200, isInteger: false },
  bloodHu: { unit: "[hnsf'U]", minimum: 0, maximum: 1000, isInteger: false },
  columns: { unit: "1", minimum: 16, maximum: 2048, isInteger: true },
  rows: { unit: "1", minimum: 16, maximum: 2048, isInteger: true },
  fieldOfViewMm: { unit: "mm", minimum: 50, maximum: 1000, isInteger: false },
};

/**
 * The calcium scoring protocol: contiguous 3 mm slices at 120 kVp without contrast agent, 512² pixels of 0.625 mm, which
 * hold the whole chest and the couch. The noise is the most that McCollough 2007 (doi:10.1148/radiol.2432050808) allows
 * small and medium patients, 20 HU (from general knowledge of the paper, not re-read).
 */
export const thoraxPhantomDefaults: ThoraxPhantomOptions = {
  thicknessMm: 3,
  incrementMm: 3,
  kvp: 120,
  seed: 1,
  noiseSdHu: 20,
  bloodHu: 40,
  columns: 512,
  rows: 512,
  fieldOfViewMm: 320,
};

/**
 * Refuses options that no phantom can be made with.
 *
 * @throws {InputError} `not-finite`, `out-of-range`, `unknown-name` (kvp)
 */
export function checkThoraxOptions(options: ThoraxPhantomOptions): void {
  for (const [name, range] of Object.entries(thoraxOptionRanges)) {
    const value: unknown = Reflect.get(options, name);
    if (typeof value !== "number" || !Number.isFinite(value)) throw new InputError("not-finite", name, String(value));
    if (value < range.minimum || value > range.maximum || (range.isInteger && !Number.isInteger(value))) {
      throw new InputError("out-of-range", name, value, `${range.minimum}..${range.maximum}`);
    }
  }
  if (!calciumModelKvps.includes(options.kvp)) {
    throw new InputError("unknown-name", "kvp", options.kvp, calciumModelKvps.join(", "));
  }
}
