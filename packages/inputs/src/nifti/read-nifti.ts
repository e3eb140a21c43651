import { EtalonError } from "@etalon/base";
import { Gunzip } from "fflate";
import { malformed, type NiftiHeader, readNiftiHeader } from "./nifti-header.ts";
import { niftiLength } from "./nifti-samples.ts";

/** A NIfTI-1 file, decompressed. */
export interface NiftiFile {
  readonly bytes: Uint8Array;
  readonly header: NiftiHeader;
}

/** A file may decompress to this many bytes; more is refused. */
export const niftiLimitBytes = 2 * 1024 * 1024 * 1024 - 1;

/**
 * A NIfTI-1 file from its bytes, gzip or not. Voxels are not decoded.
 *
 * @throws {EtalonError} `nifti-malformed` for a damaged stream, no header, or a file that ends before its voxels
 */
export function readNifti(bytes: Uint8Array, file: string): NiftiFile {
  const plain = isGzip(bytes) ? gunzip(bytes, file) : bytes;
  const header = readNiftiHeader(plain, file);
  if (niftiLength(header) > plain.length) throw malformed(file, "voxels", plain.length);
  return { bytes: plain, header };
}

/** Whether bytes begin as gzip does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Small pieces bound what one step can inflate to: deflate expands at most 1032 times. */
const pieceLength = 64 * 1024;

function gunzip(bytes: Uint8Array, file: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Gunzip((piece) => {
    length += piece.length;
    if (length > niftiLimitBytes) throw malformed(file, "gzip", length);
    pieces.push(piece);
  });
  try {
    for (let at = 0; at < bytes.length; at += pieceLength) {
      stream.push(bytes.slice(at, at + pieceLength), at + pieceLength >= bytes.length);
    }
  } catch (cause) {
    if (cause instanceof EtalonError) throw cause;
    const received = cause instanceof Error ? cause.message : String(cause);
    throw new EtalonError("nifti-malformed", { field: "gzip", received, details: { file }, cause });
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
