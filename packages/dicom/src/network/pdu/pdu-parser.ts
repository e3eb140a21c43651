import { decodePdu } from "./decode-pdu.ts";
import { type Pdu, pduHeaderLength, pduTypeCodes } from "./pdu.ts";
import { abortReasons, PduError } from "./pdu-error.ts";

/**
 * Longest A-ASSOCIATE-RQ or -AC that is read. 128 presentation contexts of 40 transfer syntaxes each take 350 KB; PS3.8
 * sets no limit.
 */
const longestAssociationPdu = 1 << 20;

/** Variable part of A-ASSOCIATE-RJ, A-RELEASE and A-ABORT. */
const shortPduLength = 4;

const noBytes = new Uint8Array(0);

/** A PDU whose header is read and whose variable part is not all there. */
interface StartedPdu {
  readonly type: number;
  readonly length: number;
  /** The variable part where it spans chunks. */
  readonly body: Uint8Array | undefined;
  filled: number;
}

/**
 * Cuts a stream of chunks into PDUs. Memory is bounded by the longest PDU allowed, whatever a header says, and a PDU that
 * lies in one chunk is not copied.
 */
export class PduParser {
  readonly #maxDataLength: number;
  #chunk: Uint8Array = noBytes;
  #header: Uint8Array = noBytes;
  #started: StartedPdu | undefined;

  /** @param maxDataLength longest variable part of a P-DATA-TF, as announced to the peer */
  constructor(maxDataLength: number) {
    this.#maxDataLength = maxDataLength;
  }

  /** Adds the next bytes of the stream. */
  append(chunk: Uint8Array): void {
    this.#chunk = this.#chunk.length === 0 ? chunk : concatenated(this.#chunk, chunk);
  }

  /**
   * The next whole PDU, `undefined` where more bytes are needed.
   *
   * @throws PduError `pdu-malformed`; nothing can be read after that
   */
  next(): Pdu | undefined {
    this.#started ??= this.#readHeader();
    const started = this.#started;
    if (started === undefined) return undefined;
    const variablePart = started.body === undefined ? this.#take(started.length) : this.#fill(started, started.body);
    if (variablePart === undefined) return undefined;
    this.#started = undefined;
    return decodePdu(started.type, variablePart);
  }

  /** Reads type and length once six bytes are there; a type that is none is refused at its first byte. */
  #readHeader(): StartedPdu | undefined {
    const missing = Math.min(pduHeaderLength - this.#header.length, this.#chunk.length);
    this.#header = concatenated(this.#header, this.#take(missing));
    if (this.#header.length === 0) return undefined;
    const type = this.#header[0];
    const longest = this.#longestOf(type);
    if (this.#header.length < pduHeaderLength) return undefined;
    const length = new DataView(this.#header.buffer).getUint32(2);
    if (length > longest)
      throw new PduError(abortReasons.invalidParameter, `a PDU of ${length} bytes, over ${longest}`);
    this.#header = noBytes;
    const isWhole = length <= this.#chunk.length;
    return { type, length, body: isWhole ? undefined : new Uint8Array(length), filled: 0 };
  }

  #longestOf(type: number): number {
    if (type === pduTypeCodes["p-data"]) return this.#maxDataLength;
    if (type === pduTypeCodes["associate-rq"] || type === pduTypeCodes["associate-ac"]) return longestAssociationPdu;
    if (type >= pduTypeCodes["associate-rj"] && type <= pduTypeCodes.abort) return shortPduLength;
    throw new PduError(abortReasons.unrecognizedPdu, `PDU type ${type}`);
  }

  #fill(started: StartedPdu, body: Uint8Array): Uint8Array | undefined {
    const piece = this.#take(Math.min(this.#chunk.length, body.length - started.filled));
    body.set(piece, started.filled);
    started.filled += piece.length;
    return started.filled === body.length ? body : undefined;
  }

  #take(length: number): Uint8Array {
    const taken = this.#chunk.subarray(0, length);
    this.#chunk = this.#chunk.subarray(length);
    return taken;
  }
}

function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
