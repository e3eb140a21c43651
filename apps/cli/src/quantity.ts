import { InputError } from "@etalon/base";

/**
 * A number with its UCUM unit, converted to the unit asked for: "60cm/s", "0.6 m/s". A number without a unit is taken to be
 * in that unit. A decimal comma is refused: it would be a thousands separator to others.
 *
 * @throws {InputError} `wrong-unit` when it is no quantity of that kind
 */
export async function readQuantity(field: string, text: string, unit: string): Promise<number> {
  // UCUM units are printable ASCII without blanks (UCUM 2.1); for blanks the library writes to standard output.
  const parts = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([!-~]*)\s*$/.exec(text);
  const value = Number(parts?.[1] ?? "");
  const given = parts?.[2] ?? "";
  if (parts === null || !Number.isFinite(value)) throw new InputError("wrong-unit", field, text, unit);
  if (given === "" || given === unit) return value;
  const converted = await convert(value, given, unit);
  if (converted === undefined) throw new InputError("wrong-unit", field, text, unit);
  return converted;
}

/** The value in another unit; undefined where there is no finite one. */
async function convert(value: number, from: string, to: string): Promise<number | undefined> {
  const { default: ucum } = await import("@lhncbc/ucum-lhc");
  try {
    const { status, toVal } = ucum.UcumLhcUtils.getInstance().convertUnitTo(from, value, to);
    return status === "succeeded" && toVal !== null && Number.isFinite(toVal) ? toVal : undefined;
  } catch {
    // The library throws a TypeError for some words that are no units, such as "valueOf".
    return undefined;
  }
}
