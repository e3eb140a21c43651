import type { Encoding } from "./element-header.ts";
import { hasKnownVrAt } from "./element-header.ts";

/** Transfer syntaxes that the reader treats in a way of their own (PS3.5 annex A); all others are explicit little endian. */
export const implicitLittleEndianUid = "1.2.840.10008.1.2";
export const explicitLittleEndianUid = "1.2.840.10008.1.2.1";
export const explicitBigEndianUid = "1.2.840.10008.1.2.2";
export const deflatedUid = "1.2.840.10008.1.2.1.99";

/** How the elements of a data set in a transfer syntax are written. */
export function encodingOf(transferSyntaxUid: string): Encoding {
  return {
    isExplicit: transferSyntaxUid !== implicitLittleEndianUid,
    isLittleEndian: transferSyntaxUid !== explicitBigEndianUid,
  };
}

/**
 * The transfer syntax that the first element of a data set shows. Groups start at 0008 or nearby, so that the larger
 * byte of the group is the zero one.
 *
 * @param start at least the first six bytes of the data set
 */
export function guessedTransferSyntax(start: Uint8Array): string {
  const isLittleEndian = start[0] !== 0 || start[1] === 0;
  if (!hasKnownVrAt(start, 4)) return implicitLittleEndianUid;
  return isLittleEndian ? explicitLittleEndianUid : explicitBigEndianUid;
}
