import type { framePlaces } from "@etalon/dicom";

/** The places of all frames of an object, the fragments of each. */
export type FramePlaces = Awaited<ReturnType<typeof framePlaces>>;

/** Where a frame lies in its file. */
export interface FrameEntry {
  /** Of the frame's first byte; where `isInItems`, of its first item's header. */
  readonly offset: number;
  readonly length: number;
  /** Whether the bytes are several fragments, each with the 8 bytes of its item header before it (PS3.5 A.4). */
  readonly isInItems: boolean;
}

/** Bytes of one entry of the table. */
export const frameEntryBytes = 16;
const itemHeaderBytes = 8;

/**
 * The table of frames as it is stored: for each frame its offset and its length, signed 64-bit little endian. A negative
 * length is that of a run of items, from the header of the frame's first fragment to the end of its last.
 */
export function encodeFrameTable(places: FramePlaces): Uint8Array {
  const bytes = new Uint8Array(places.length * frameEntryBytes);
  const view = new DataView(bytes.buffer);
  places.forEach((fragments, index) => {
    const first = fragments[0] ?? { offset: 0, length: 0 };
    const last = fragments.at(-1) ?? first;
    const isSingle = fragments.length < 2;
    const offset = isSingle ? first.offset : first.offset - itemHeaderBytes;
    const length = isSingle ? first.length : offset - (last.offset + last.length);
    view.setBigInt64(index * frameEntryBytes, BigInt(offset), true);
    view.setBigInt64(index * frameEntryBytes + 8, BigInt(length), true);
  });
  return bytes;
}

/** One entry of the table, from its {@link frameEntryBytes} bytes. */
export function decodeFrameEntry(bytes: Uint8Array): FrameEntry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, frameEntryBytes);
  const length = Number(view.getBigInt64(8, true));
  return { offset: Number(view.getBigInt64(0, true)), length: Math.abs(length), isInItems: length < 0 };
}

/** The fragments of a run of items, joined. A last item that passes the end is cut there. */
export function joinItems(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at + itemHeaderBytes <= bytes.length; ) {
    const start = at + itemHeaderBytes;
    const end = start + view.getUint32(at + 4, true);
    pieces.push(bytes.subarray(start, end));
    at = end;
  }
  return Buffer.concat(pieces);
}
