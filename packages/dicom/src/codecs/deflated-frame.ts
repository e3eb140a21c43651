import { inflateSync } from "fflate";
import { codecFailed, type DecodedFrame, type EncodedFrame } from "./encoded-frame.ts";
import { decodeNative, nativeFrameBits } from "./native.ts";

/** A deflated frame of odd length is followed by one byte of padding. */
const paddingBytes = 1;

/**
 * Decodes a frame that was deflated as a whole.
 *
 * @throws DicomError codec-failed
 * @see PS3.5 A.4.13 and 8.2.16, RFC 1951
 */
export function decodeDeflatedFrame(frame: EncodedFrame): DecodedFrame {
  const needed = Math.ceil(nativeFrameBits(frame.layout) / 8);
  // The given length bounds what a hostile stream can ask for; fflate drops what lies beyond it.
  const bytes = inflate(frame, needed + paddingBytes + 1);
  if (bytes.length < needed || bytes.length > needed + paddingBytes)
    throw codecFailed(frame, `the inflated frame is not of the ${needed} bytes that the header asks for`);
  return decodeNative({ ...frame, bytes }, 0);
}

function inflate(frame: EncodedFrame, limit: number): Uint8Array {
  try {
    return inflateSync(frame.bytes, { out: new Uint8Array(limit) });
  } catch (cause) {
    throw codecFailed(frame, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
