import type { ByteSource } from "./byte-source.ts";
import type { CodecSet } from "./codecs/codec-set.ts";
import { transcodeNative } from "./transcode-native.ts";
import { explicitLittleEndianUid } from "./transfer-syntax.ts";

/** {@link transcodeNative} into Explicit VR Little Endian, which every reader of files takes. */
export function transcodeExplicit(source: ByteSource, codecs: CodecSet): AsyncGenerator<Uint8Array, void, void> {
  return transcodeNative(source, codecs, { transferSyntaxUid: explicitLittleEndianUid });
}
