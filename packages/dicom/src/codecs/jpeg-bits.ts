/** A Huffman table as a direct look-up by the next 16 bits: code length in the high byte, value in the low one. */
export type HuffmanTable = Uint16Array;

const longestCode = 16;

/**
 * Builds the look-up of one Huffman table from its segment (ITU-T T.81 B.2.4.2 and C.2).
 *
 * @param body the segment from the sixteen counts on
 * @returns the table and the bytes it took, or a sentence that says what is wrong
 */
export function readHuffmanTable(body: Uint8Array): { readonly table: HuffmanTable; readonly length: number } | string {
  const table = new Uint16Array(1 << longestCode);
  let code = 0;
  let at = longestCode;
  for (let length = 1; length <= longestCode; length += 1) {
    const count = body[length - 1];
    if (count === undefined || at + count > body.length) return "a Huffman table runs past its segment";
    const span = 1 << (longestCode - length);
    for (let index = 0; index < count; index += 1) {
      if (code + span > table.length) return "a Huffman table with more codes than there are";
      table.fill((length << 8) | (body[at] ?? 0), code, code + span);
      code += span;
      at += 1;
    }
  }
  return { table, length: at };
}

/** Reads entropy-coded bits: 0xFF00 is a byte 0xFF, any other marker ends the data (ITU-T T.81 F.1.2.3). */
export class JpegBitReader {
  readonly #bytes: Uint8Array;
  #offset: number;
  /** The next bits, in the low `#count` bits. */
  #bits = 0;
  #count = 0;
  /** Zero bits added after the end of the data. */
  #padding = 0;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  /** Byte at which the marker stands that ended the data, once all data is read. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether more bits were taken than there are. */
  get isOverrun(): boolean {
    return this.#count < this.#padding;
  }

  /** The value of the next Huffman code, or −1 where no code starts with these bits. */
  readCode(table: HuffmanTable): number {
    this.#fill();
    const entry = table[(this.#bits >>> (this.#count - longestCode)) & 0xffff] ?? 0;
    const length = entry >> 8;
    this.#count -= length;
    return length === 0 ? -1 : entry & 0xff;
  }

  /** A difference of `category` bits, 1 to 15, as ITU-T T.81 F.2.2.1 EXTEND has it. */
  readDifference(category: number): number {
    this.#fill();
    this.#count -= category;
    const value = (this.#bits >>> this.#count) & ((1 << category) - 1);
    return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
  }

  /** Drops what is left of the data and steps over the restart marker; false where there is none. */
  skipRestartMarker(): boolean {
    while (this.#padding === 0 && this.#offset < this.#bytes.length) this.#nextByte();
    const marker = this.#bytes[this.#offset + 1] ?? 0;
    const isRestart = this.#bytes[this.#offset] === 0xff && marker >= 0xd0 && marker <= 0xd7;
    this.#offset += 2;
    this.#bits = 0;
    this.#count = 0;
    this.#padding = 0;
    return isRestart;
  }

  #fill(): void {
    while (this.#count <= 24) {
      this.#bits = (this.#bits << 8) | this.#nextByte();
      this.#count += 8;
    }
  }

  #nextByte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte !== undefined && byte !== 0xff) {
      this.#offset += 1;
      return byte;
    }
    if (byte === 0xff && this.#bytes[this.#offset + 1] === 0) {
      this.#offset += 2;
      return 0xff;
    }
    this.#padding += 8;
    return 0;
  }
}
