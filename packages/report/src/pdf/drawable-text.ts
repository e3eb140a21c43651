import { EtalonError } from "@etalon/base";

/** The characters that every face of a document can draw, by code point. */
export type Coverage = ReadonlySet<number>;

/** White space and soft hyphens are set, not drawn. */
const NOT_DRAWN = /[\n\t\u00AD]/;

/**
 * A text with nothing in it that the faces cannot draw: such a character is written out, "[U+5C71]", since an empty box in
 * a name would tell a reader nothing and PDF/A forbids it (ISO 19005-2, 6.2.11.8).
 */
export function drawableText(text: string, coverage: Coverage): string {
  return Array.from(text.normalize("NFC"), (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (coverage.has(codePoint) || NOT_DRAWN.test(character)) return character;
    return `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;
  }).join("");
}

/**
 * What a face covers, from what Typst tells of it: runs of code points, skipped and covered in turn from U+0000.
 *
 * @param told `get_font_info` of the web compiler
 * @throws {EtalonError} `report-not-composed` where it says otherwise
 */
export function coverageOfFace(told: unknown): Coverage {
  const covered = new Set<number>();
  let codePoint = 0;
  for (const [index, length] of runsOf(told).entries()) {
    if (index % 2 === 1) for (let at = 0; at < length; at++) covered.add(codePoint + at);
    codePoint += length;
  }
  return covered;
}

function runsOf(told: unknown): readonly number[] {
  const face: unknown = isRecord(told) && Array.isArray(told["info"]) ? told["info"][0] : undefined;
  const runs: unknown = isRecord(face) ? face["coverage"] : undefined;
  if (Array.isArray(runs) && runs.every((run) => typeof run === "number")) return runs;
  throw new EtalonError("report-not-composed", { field: "PDF", received: "a face of unknown coverage" });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** What each of them covers. */
export function coverageOfAll(coverages: readonly Coverage[]): Coverage {
  const [first = new Set<number>(), ...others] = coverages;
  return new Set([...first].filter((codePoint) => others.every((other) => other.has(codePoint))));
}
