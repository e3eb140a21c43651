import { EtalonError } from "@etalon/base";

/**
 * What a JSON file beside a NIfTI file says of its images, in the units used here. Times of a list belong to the volumes of
 * the file, in their order.
 */
export interface SideFile {
  readonly echoTimesMs?: readonly number[];
  readonly inversionTimesMs?: readonly number[];
  readonly flipAnglesDeg?: readonly number[];
  readonly repetitionTimeMs?: number;
  readonly fieldStrengthT?: number;
  readonly modality?: string;
  readonly bodyPartExamined?: string;
  readonly seriesDescription?: string;
  readonly manufacturer?: string;
  readonly imageType?: readonly string[];
}

/**
 * The longest times that can be meant in seconds, as BIDS has them: a file that says milliseconds goes beyond.
 */
const longestS = { EchoTime: 1, InversionTime: 30, RepetitionTime: 60, RepetitionTimeExcitation: 60 } as const;

/** By one of these a JSON file is known as a side file. */
const knownKeys: readonly string[] = [...Object.keys(longestS), "FlipAngle", "MagneticFieldStrength", "Modality"];

/**
 * Reads a side file as BIDS and dcm2niix write it: times in seconds, which become milliseconds.
 *
 * @returns `undefined` for what is no JSON object with any of the names that are read
 * @throws {EtalonError} `side-file-malformed` for a time that is no positive number of seconds, or too long for one
 * @see https://bids-specification.readthedocs.io/en/stable/modality-specific-files/magnetic-resonance-imaging-data.html
 */
export function readSideFile(text: string, file: string): SideFile | undefined {
  const fields = parseObject(text);
  if (fields === undefined || !knownKeys.some((key) => Object.hasOwn(fields, key))) return undefined;
  const timesMs = (key: keyof typeof longestS): readonly number[] | undefined =>
    numbersAt(fields, key, file)?.map((seconds) => {
      if (seconds < 0 || seconds > longestS[key]) throw malformed(file, key, `${seconds} s`);
      return toMilliseconds(seconds);
    });
  return {
    ...said("echoTimesMs", timesMs("EchoTime")),
    ...said("inversionTimesMs", timesMs("InversionTime")),
    ...said("flipAnglesDeg", numbersAt(fields, "FlipAngle", file)),
    ...said("repetitionTimeMs", (timesMs("RepetitionTimeExcitation") ?? timesMs("RepetitionTime"))?.[0]),
    ...said("fieldStrengthT", numbersAt(fields, "MagneticFieldStrength", file)?.[0]),
    ...said("modality", textAt(fields, "Modality")),
    ...said("bodyPartExamined", textAt(fields, "BodyPartExamined")),
    ...said("seriesDescription", textAt(fields, "SeriesDescription")),
    ...said("manufacturer", textAt(fields, "Manufacturer")),
    ...said("imageType", textsAt(fields, "ImageType")),
  };
}

/** Thousandths of the decimal digits written: 0.004611 s is 4.611 ms, which a product in binary is not. */
function toMilliseconds(seconds: number): number {
  return Number(`${seconds}e3`);
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // An object that is no array has string keys.
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    // Any text may lie in a folder.
    return undefined;
  }
}

function numbersAt(fields: Fields, key: string, file: string): readonly number[] | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (value === undefined || value === null) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const numbers = list.filter((one): one is number => typeof one === "number" && Number.isFinite(one));
  if (numbers.length !== list.length || list.length === 0) throw malformed(file, key, JSON.stringify(value));
  return numbers;
}

function textAt(fields: Fields, key: string): string | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function textsAt(fields: Fields, key: string): readonly string[] | undefined {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
}

function said<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  // A computed key widens to string; the object holds this one key or none.
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}

function malformed(file: string, field: string, received: string): EtalonError {
  return new EtalonError("side-file-malformed", { field, received, details: { file } });
}
