import { EtalonError } from "@etalon/base";
import type { CodecName } from "./codec-name.ts";
import type { CodecSet, WasmFrame } from "./codec-set.ts";
import { type CodestreamShape, codecFailed, type EncodedFrame } from "./encoded-frame.ts";

/** The image of a compiled codec: its samples, and what else the codec said. */
export interface WasmImage {
  readonly samples: Int8Array | Uint8Array | Int16Array | Uint16Array;
  readonly frame: WasmFrame;
}

/** What is asked of a compiled codec. */
export interface WasmRequest {
  readonly name: CodecName;
  readonly codestream: Uint8Array;
  /** What the codestream's header says; what comes out must agree. */
  readonly shape: CodestreamShape;
  readonly isSigned: boolean;
}

/**
 * Decodes a codestream by a compiled codec and checks that what came out is what its header announced.
 *
 * @throws DicomError codec-failed
 * @throws EtalonError file-unreadable (the codec cannot be loaded)
 */
export async function decodeWasmSamples(
  frame: EncodedFrame,
  codecs: CodecSet,
  request: WasmRequest,
): Promise<WasmImage> {
  const { shape, isSigned } = request;
  const image = await decode(frame, codecs, request);
  const count = shape.rows * shape.columns * shape.components;
  const bytesPerSample = shape.precision > 8 ? 2 : 1;
  if (
    image.height !== shape.rows ||
    image.width !== shape.columns ||
    image.componentCount !== shape.components ||
    image.bytes.length !== count * bytesPerSample
  )
    throw codecFailed(
      frame,
      `the codec returned ${image.height} × ${image.width} × ${image.componentCount} in ${image.bytes.length} bytes`,
    );
  return { samples: typed(image.bytes, { bytesPerSample, isSigned }), frame: image };
}

async function decode(frame: EncodedFrame, codecs: CodecSet, request: WasmRequest): Promise<WasmFrame> {
  try {
    return await codecs.decodeWasm(request.name, request.codestream);
  } catch (cause) {
    if (cause instanceof EtalonError) throw cause;
    throw codecFailed(frame, `${request.name}: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function typed(bytes: Uint8Array, kind: { readonly bytesPerSample: number; readonly isSigned: boolean }) {
  const { buffer, byteOffset, length } = bytes;
  if (kind.bytesPerSample === 1) return kind.isSigned ? new Int8Array(buffer, byteOffset, length) : bytes;
  return kind.isSigned
    ? new Int16Array(buffer, byteOffset, length / 2)
    : new Uint16Array(buffer, byteOffset, length / 2);
}
