import type { Text } from "@etalon/base";
import type { Inline, Line, Origin } from "./document.ts";

/** Words in both languages. */
export function words(en: string, fr: string): Inline {
  return { kind: "text", text: { en, fr } };
}

/** A text as a piece of a line. */
export function textOf(text: Text): Inline {
  return { kind: "text", text };
}

/** Words that stand out. */
export function strong(text: Text): Inline {
  return { kind: "text", text, isStrong: true };
}

/** The same in every language. */
export function literal(text: string): Inline {
  return { kind: "literal", text };
}

/** An identifier, hash or command. */
export function code(text: string): Inline {
  return { kind: "literal", text, isCode: true };
}

/** A number with its unit and where it comes from; decimals by its unit unless said. */
export function number(
  { value, unit, digits }: { readonly value: number; readonly unit: string; readonly digits?: number },
  origin: Origin,
): Inline {
  return { kind: "number", value, unit, digits: digits ?? usualDigits(value, unit), origin };
}

/** A number under a head that says its unit. */
export function bareNumber(
  given: { readonly value: number; readonly unit: string; readonly digits?: number },
  origin: Origin,
): Inline {
  const inline = number(given, origin);
  return inline.kind === "number" ? { ...inline, isUnitSaid: true } : inline;
}

/** A day, YYYY-MM-DD. */
export function day(isoDay: string): Inline {
  return { kind: "date", day: isoDay };
}

/** A DOI as a link. */
export function doiLink(doi: string): Inline {
  return { kind: "link", text: `doi:${doi}`, url: `https://doi.org/${doi}` };
}

/** Lines after one another with something between. */
export function joined(lines: readonly Line[], between: Inline): Line {
  return lines.flatMap((line, at) => (at === 0 ? line : [between, ...line]));
}

/** Counts whole, densities whole, ratios to the hundredth, the rest to the tenth. */
const DIGITS: Readonly<Record<string, number>> = { "1": 2, "[hnsf'U]": 0, "[arb'U]": 1, mm3: 1, mg: 1 };

/** Decimals for a unit; for what people gave, as many as it was given with, two at most. */
function usualDigits(value: number, unit: string): number {
  if (unit.startsWith("{")) return 0;
  const usual = DIGITS[unit];
  if (usual !== undefined) return usual;
  return exactDigits(value);
}

/** As many decimals as a number has, two at most: for numbers that people or headers wrote. */
export function exactDigits(value: number): number {
  return [0, 1].find((digits) => Math.abs(Number(value.toFixed(digits)) - value) < 1e-9) ?? 2;
}
