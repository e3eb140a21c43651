import { DicomError } from "@etalon/base";
import { Inflate } from "fflate";
import type { ByteSource } from "./byte-source.ts";

/** A deflated data set may inflate to this many bytes; more is refused. */
export const inflatedLimitBytes = 512 * 1024 * 1024;

/** Small pieces bound what one step can inflate to: deflate expands at most 1032 times. */
const pieceLength = 16 * 1024;

/**
 * The inflated data set of a deflated file (PS3.5 annex A.5) as a source of its own. It inflates only as far as it is
 * read, and keeps what it inflated. Its size is infinite until a read has met the end.
 *
 * @param offset byte after group 0002 in the file
 * @throws DicomError from `read`: `dicom-too-large` beyond the limit, `dicom-malformed` where the stream is damaged
 */
export function inflatedSource(source: ByteSource, offset: number, limitBytes = inflatedLimitBytes): ByteSource {
  let inflated: Uint8Array = new Uint8Array(0);
  let inflatedLength = 0;
  let position = offset;
  let isEnded = false;
  const inflate = new Inflate((piece, isFinal) => {
    const needed = inflatedLength + piece.length;
    if (needed > limitBytes) throw tooLarge(source.name, { received: needed, limit: limitBytes });
    if (needed > inflated.length) {
      const larger = new Uint8Array(Math.min(limitBytes, Math.max(needed, inflated.length * 2)));
      larger.set(inflated.subarray(0, inflatedLength));
      inflated = larger;
    }
    inflated.set(piece, inflatedLength);
    inflatedLength = needed;
    isEnded ||= isFinal;
  });

  async function inflateTo(end: number): Promise<void> {
    while (inflatedLength < end && !isEnded) {
      const piece = await source.read(position, pieceLength);
      position += piece.length;
      try {
        inflate.push(new Uint8Array(piece), position >= source.size);
      } catch (thrown) {
        if (thrown instanceof DicomError) throw thrown;
        throw damaged(source.name, position, thrown);
      }
      isEnded ||= piece.length === 0;
    }
  }

  return {
    name: source.name,
    get size() {
      return isEnded ? inflatedLength : Number.POSITIVE_INFINITY;
    },
    read: async (start, length) => {
      await inflateTo(start + length);
      return inflated.subarray(Math.min(start, inflatedLength), Math.min(start + length, inflatedLength));
    },
  };
}

function tooLarge(file: string, sizes: { readonly received: number; readonly limit: number }): DicomError {
  const tag = "the deflated data set";
  const { received, limit } = sizes;
  return new DicomError("dicom-too-large", { file, field: tag, received, details: { tag, limit } });
}

function damaged(file: string, offset: number, cause: unknown): DicomError {
  const tag = "the deflated data set";
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DicomError("dicom-malformed", { file, field: tag, details: { tag, offset, reason }, cause });
}
