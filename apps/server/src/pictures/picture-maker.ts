import type { CodecSet } from "@etalon/dicom";
import type { Drawing } from "./drawing.ts";

/** Decodes frames and draws them: in this thread, or in others. */
export interface PictureMaker {
  /** For every decoding: it is done where this maker works. */
  readonly codecs: CodecSet;
  /**
   * Runs work that reads a frame to have it decoded or drawn; only a few at once, so that no more frames are in memory than can
   * be worked on. Not to be nested.
   *
   * @throws EtalonError `server-busy` where too much waits
   */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * The file of a picture.
   *
   * @throws DicomError `unsupported-pixel-format`, `missing-attribute`; of other threads EtalonError `time-exceeded`,
   *   `memory-exceeded`, `worker-ended`, `server-busy`
   */
  readonly draw: (drawing: Drawing) => Promise<Uint8Array>;
}
