import { createSha256 } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";

/** The two hashes of a DICOM object, 64 hexadecimal digits each. */
export interface ObjectHashes {
  /** SHA-256 of all bytes as received. */
  readonly fileSha256: string;
  /** SHA-256 of the bytes after group 0002: the same for a file and for what C-STORE sends. */
  readonly dataSetSha256: string;
}

const pieceLength = 1024 * 1024;

/**
 * Hashes a file in one pass, a mebibyte at a time.
 *
 * @param dataSetOffset byte after group 0002 in the file ({@link Part10})
 */
export async function hashObject(source: ByteSource, dataSetOffset: number): Promise<ObjectHashes> {
  const file = createSha256();
  const dataSet = createSha256();
  let position = 0;
  while (position < source.size) {
    const piece = await source.read(position, Math.min(pieceLength, source.size - position));
    if (piece.length === 0) break;
    file.update(piece);
    const skipped = Math.max(0, dataSetOffset - position);
    if (skipped < piece.length) dataSet.update(piece.subarray(skipped));
    position += piece.length;
  }
  return { fileSha256: file.digestHex(), dataSetSha256: dataSet.digestHex() };
}
