import { DicomError } from "@etalon/base";
import { tagLabel } from "./tag.ts";

/** Thrown when parsing needs bytes that the stream has and the window does not: the driver loads more and goes on. */
export class WindowExhausted {
  /** Absolute offset that the next window must reach, at least. */
  readonly neededEnd: number;

  constructor(neededEnd: number) {
    this.neededEnd = neededEnd;
  }
}

/** The piece of a byte stream that is in memory. Positions are relative to the piece. */
export interface ByteWindow {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Offset of the first byte in the stream. */
  readonly base: number;
  /** Length of the whole stream; infinite while it is not known (a deflated stream that still runs). */
  readonly streamEnd: number;
}

/** A window over bytes that lie at `base` of a stream. */
export function byteWindow(file: string, bytes: Uint8Array, place: { base: number; streamEnd: number }): ByteWindow {
  // A Node Buffer is a Uint8Array whose slice() does not copy: the window holds a plain one.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { file, bytes: plain, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), ...place };
}

/**
 * Makes sure that the window holds the bytes before `end`, of which `tag` needs them.
 *
 * @throws DicomError `dicom-truncated` where the stream itself ends before
 * @throws WindowExhausted where only the window does
 */
export function requireBytes(window: ByteWindow, end: number, tag: number): void {
  if (end <= window.bytes.length) return;
  const neededEnd = window.base + end;
  if (neededEnd > window.streamEnd) {
    throw new DicomError("dicom-truncated", {
      file: window.file,
      field: tagLabel(tag),
      details: { tag: tagLabel(tag), offset: window.streamEnd },
    });
  }
  throw new WindowExhausted(neededEnd);
}

/** The error of an element that breaks the encoding rules of PS3.5. */
export function malformed(window: ByteWindow, at: { tag: number; position: number }, reason: string): DicomError {
  const label = tagLabel(at.tag);
  return new DicomError("dicom-malformed", {
    file: window.file,
    field: label,
    details: { tag: label, offset: window.base + at.position, reason },
  });
}

/** The error of an element that would take too much memory. */
export function tooLarge(window: ByteWindow, tag: number, sizes: { received: number; limit: number }): DicomError {
  const label = tagLabel(tag);
  return new DicomError("dicom-too-large", {
    file: window.file,
    field: label,
    received: sizes.received,
    details: { tag: label, limit: sizes.limit },
  });
}
