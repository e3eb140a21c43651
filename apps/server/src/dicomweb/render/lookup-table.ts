import { type DataSet, type Element, numbersOf } from "@etalon/dicom";

/** A look-up table of a data set (PS3.3 C.11.1.1, C.11.2.1.1): values below the first entry take it, those above the last take that. */
export interface LookupTable {
  /** The input that the first entry is for. */
  readonly first: number;
  readonly entries: ArrayLike<number>;
  /** The largest value an entry can have. */
  readonly maximum: number;
}

/**
 * The table of an item that has LUT Descriptor (0028,3002) and LUT Data (0028,3006); nothing where they do not fit together.
 *
 * @param data LUT Data with its bytes
 */
export function readLookupTable(item: DataSet, data: Element | undefined): LookupTable | undefined {
  const [count, first, bits] = numbersOf(item, "00283002", 3) ?? [];
  if (count === undefined || first === undefined || bits === undefined) return undefined;
  // 65536 does not fit its 16 bits and is written 0.
  const length = count === 0 ? 65_536 : count;
  const entries = entriesOf(data, length);
  return entries.length < length || bits < 1 || bits > 16 ? undefined : { first, entries, maximum: 2 ** bits - 1 };
}

function entriesOf(data: Element | undefined, length: number): ArrayLike<number> {
  const { bytes, Value = [] } = data ?? {};
  if (bytes === undefined) return Value.map(Number);
  if (bytes.length < 2 * length) return bytes;
  return new Uint16Array(new Uint8Array(bytes.subarray(0, 2 * length)).buffer);
}

/** The entry for an input. */
export function lookUp({ first, entries }: LookupTable, input: number): number {
  const index = Math.min(entries.length - 1, Math.max(0, Math.floor(input) - first));
  return entries[index] ?? 0;
}
