import type { CodecSet } from "./codec-set.ts";
import type { DecodedFrame, EncodedFrame } from "./encoded-frame.ts";

/** Turns one frame's bytes into samples. @throws DicomError codec-failed, unsupported-pixel-format */
export type FrameDecoder = (frame: EncodedFrame, codecs: CodecSet) => DecodedFrame | Promise<DecodedFrame>;
