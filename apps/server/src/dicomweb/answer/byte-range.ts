import { EtalonError } from "@etalon/base";

/** A part of some bytes. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * The part that a Range field asks for (RFC 9110 section 14.1.2). Nothing where it asks for several, or in another unit:
 * all is answered then, as the RFC allows.
 *
 * @throws EtalonError `range-unsatisfiable`
 */
export function parseRange(field: string | undefined, sizeBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(field?.trim() ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (match === null || (first === "" && last === "")) return undefined;
  const start = first === "" ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  // A last byte before the first one makes the field invalid, and it is ignored.
  if (first !== "" && last !== "" && Number(last) < start) return undefined;
  if (start >= end) {
    throw new EtalonError("range-unsatisfiable", {
      field: "Range",
      received: `${first}-${last}`,
      details: { expected: sizeBytes },
    });
  }
  return { offset: start, length: end - start };
}
