/** How the values of a VR are stored (PS3.5 section 6.2). */
export interface ValueRepresentation {
  readonly name: string;
  /** `text` is in the character set of (0008,0005), `ascii` in the default repertoire. */
  readonly kind: "text" | "ascii" | "name" | "decimal" | "integer-string" | "number" | "tag" | "bytes" | "sequence";
  /** Whether explicit VR encodings write its length in 32 bits after two reserved bytes (PS3.5 section 7.1.2). */
  readonly hasLongLength: boolean;
  /** Whether a backslash separates values. */
  readonly isMultiple: boolean;
  /** Bytes of one value where values are binary: the unit of byte swapping. */
  readonly width: 1 | 2 | 4 | 8;
}

function row(
  name: string,
  kind: ValueRepresentation["kind"],
  more: Partial<Omit<ValueRepresentation, "name" | "kind">> = {},
): readonly [string, ValueRepresentation] {
  return [name, { name, kind, hasLongLength: false, isMultiple: true, width: 1, ...more }];
}

const long = { hasLongLength: true } as const;
const single = { isMultiple: false } as const;

/** The value representations of PS3.5 table 6.2-1, by their two letters. */
export const valueRepresentations: ReadonlyMap<string, ValueRepresentation> = new Map([
  row("AE", "ascii"),
  row("AS", "ascii"),
  row("AT", "tag", { width: 2 }),
  row("CS", "ascii"),
  row("DA", "ascii"),
  row("DS", "decimal"),
  row("DT", "ascii"),
  row("FD", "number", { width: 8 }),
  row("FL", "number", { width: 4 }),
  row("IS", "integer-string"),
  row("LO", "text"),
  row("LT", "text", single),
  row("OB", "bytes", long),
  row("OD", "bytes", { ...long, width: 8 }),
  row("OF", "bytes", { ...long, width: 4 }),
  row("OL", "bytes", { ...long, width: 4 }),
  row("OV", "bytes", { ...long, width: 8 }),
  row("OW", "bytes", { ...long, width: 2 }),
  row("PN", "name"),
  row("SH", "text"),
  row("SL", "number", { width: 4 }),
  row("SQ", "sequence", long),
  row("SS", "number", { width: 2 }),
  row("ST", "text", single),
  row("SV", "number", { ...long, width: 8 }),
  row("TM", "ascii"),
  row("UC", "text", long),
  row("UI", "ascii"),
  row("UL", "number", { width: 4 }),
  row("UN", "bytes", long),
  row("UR", "ascii", { ...long, ...single }),
  row("US", "number", { width: 2 }),
  row("UT", "text", { ...long, ...single }),
  row("UV", "number", { ...long, width: 8 }),
]);
