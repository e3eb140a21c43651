import { decodeLatin1Range } from "../../latin1.ts";
import { abortReasons, PduError } from "./pdu-error.ts";

/** Reads big-endian fields one after the other; every step beyond the end is a {@link PduError}. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  #position: number;

  /** @param range of the bytes that may be read, all of them where it is absent */
  constructor(
    bytes: Uint8Array,
    range: { readonly start: number; readonly end: number } = { start: 0, end: bytes.length },
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#position = range.start;
    this.#end = range.end;
  }

  get remaining(): number {
    return this.#end - this.#position;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** A cursor over the next bytes, which this one passes. */
  part(length: number): ByteCursor {
    const start = this.#take(length);
    return new ByteCursor(this.#bytes, { start, end: start + length });
  }

  /** Text of single-byte characters as it stands. */
  text(length: number): string {
    const start = this.#take(length);
    return decodeLatin1Range(this.#bytes, start, start + length);
  }

  /** A UID without the padding that some writers add, though PS3.8 annex F forbids it. */
  uid(length: number): string {
    return this.text(length).replace(/[\0 ]+$/, "");
  }

  #take(length: number): number {
    if (length > this.remaining) {
      throw new PduError(abortReasons.invalidParameter, `${length} bytes are said, ${this.remaining} are there`);
    }
    const start = this.#position;
    this.#position += length;
    return start;
  }
}
