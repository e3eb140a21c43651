import { decodeDeflatedFrame } from "./deflated-frame.ts";
import type { FrameDecoder } from "./frame-decoder.ts";
import { decodeJpeg8Bit } from "./jpeg-8-bit.ts";
import { decodeHtj2k, decodeJpeg2000 } from "./jpeg-2000.ts";
import { decodeJpegLossless } from "./jpeg-lossless.ts";
import { decodeJpegLs } from "./jpeg-ls.ts";
import { decodeNative } from "./native.ts";
import { decodeRle } from "./rle.ts";

/** How the pixels of one transfer syntax are decoded, or why they are not. */
export interface TransferSyntaxRow {
  /** Name in PS3.6 table A-1, shortened. */
  readonly name: string;
  /** Whether compression may have changed the values. */
  readonly isLossy: boolean;
  /** Absent where pixels lie in the data set as they are. */
  readonly decoder?: FrameDecoder;
  /** Present where pixels are refused, with the reason. */
  readonly refusal?: string;
}

const native = (name: string): TransferSyntaxRow => ({ name, isLossy: false });
const lossless = (name: string, decoder: FrameDecoder): TransferSyntaxRow => ({ name, isLossy: false, decoder });
const lossy = (name: string, decoder: FrameDecoder): TransferSyntaxRow => ({ name, isLossy: true, decoder });
const refused = (name: string, refusal: string): TransferSyntaxRow => ({ name, isLossy: true, refusal });

const retiredJpeg = "retired JPEG process";
const video = "video";
const jpegXl = "JPEG XL has no decoder here";
const referenced = "pixels lie outside the file";

/**
 * Every transfer syntax known here, by its UID, with the decoder of its frames.
 *
 * @see PS3.5 annex A, PS3.6 table A-1
 */
export const transferSyntaxes: Readonly<Record<string, TransferSyntaxRow>> = {
  "1.2.840.10008.1.2": native("Implicit VR Little Endian"),
  "1.2.840.10008.1.2.1": native("Explicit VR Little Endian"),
  "1.2.840.10008.1.2.1.98": lossless("Encapsulated Uncompressed", (frame) => decodeNative(frame, 0)),
  "1.2.840.10008.1.2.1.99": native("Deflated Explicit VR Little Endian"),
  "1.2.840.10008.1.2.2": native("Explicit VR Big Endian"),
  "1.2.840.10008.1.2.4.50": lossy("JPEG Baseline (8 bit)", decodeJpeg8Bit),
  "1.2.840.10008.1.2.4.51": lossy("JPEG Extended (8 and 12 bit)", decodeJpeg8Bit),
  "1.2.840.10008.1.2.4.52": refused("JPEG Extended, processes 3 and 5", retiredJpeg),
  "1.2.840.10008.1.2.4.53": refused("JPEG Spectral Selection, processes 6 and 8", retiredJpeg),
  "1.2.840.10008.1.2.4.54": refused("JPEG Spectral Selection, processes 7 and 9", retiredJpeg),
  "1.2.840.10008.1.2.4.55": refused("JPEG Full Progression, processes 10 and 12", retiredJpeg),
  "1.2.840.10008.1.2.4.56": refused("JPEG Full Progression, processes 11 and 13", retiredJpeg),
  "1.2.840.10008.1.2.4.57": lossless("JPEG Lossless, process 14", decodeJpegLossless),
  "1.2.840.10008.1.2.4.58": refused("JPEG Lossless, process 15", retiredJpeg),
  "1.2.840.10008.1.2.4.70": lossless("JPEG Lossless, process 14, predictor 1", decodeJpegLossless),
  "1.2.840.10008.1.2.4.80": lossless("JPEG-LS Lossless", decodeJpegLs),
  "1.2.840.10008.1.2.4.81": lossy("JPEG-LS Near-Lossless", decodeJpegLs),
  "1.2.840.10008.1.2.4.90": lossless("JPEG 2000 Lossless", decodeJpeg2000),
  "1.2.840.10008.1.2.4.91": lossy("JPEG 2000", decodeJpeg2000),
  "1.2.840.10008.1.2.4.92": refused("JPEG 2000 Part 2 Lossless", "components of several frames in one codestream"),
  "1.2.840.10008.1.2.4.93": refused("JPEG 2000 Part 2", "components of several frames in one codestream"),
  "1.2.840.10008.1.2.4.94": refused("JPIP Referenced", referenced),
  "1.2.840.10008.1.2.4.95": refused("JPIP Referenced Deflate", referenced),
  "1.2.840.10008.1.2.4.100": refused("MPEG2 Main Level", video),
  "1.2.840.10008.1.2.4.100.1": refused("MPEG2 Main Level, fragmentable", video),
  "1.2.840.10008.1.2.4.101": refused("MPEG2 High Level", video),
  "1.2.840.10008.1.2.4.101.1": refused("MPEG2 High Level, fragmentable", video),
  "1.2.840.10008.1.2.4.102": refused("MPEG-4 AVC High Profile", video),
  "1.2.840.10008.1.2.4.102.1": refused("MPEG-4 AVC High Profile, fragmentable", video),
  "1.2.840.10008.1.2.4.103": refused("MPEG-4 AVC BD-compatible", video),
  "1.2.840.10008.1.2.4.103.1": refused("MPEG-4 AVC BD-compatible, fragmentable", video),
  "1.2.840.10008.1.2.4.104": refused("MPEG-4 AVC High Profile 4.2 2D", video),
  "1.2.840.10008.1.2.4.104.1": refused("MPEG-4 AVC High Profile 4.2 2D, fragmentable", video),
  "1.2.840.10008.1.2.4.105": refused("MPEG-4 AVC High Profile 4.2 3D", video),
  "1.2.840.10008.1.2.4.105.1": refused("MPEG-4 AVC High Profile 4.2 3D, fragmentable", video),
  "1.2.840.10008.1.2.4.106": refused("MPEG-4 AVC Stereo High Profile", video),
  "1.2.840.10008.1.2.4.106.1": refused("MPEG-4 AVC Stereo High Profile, fragmentable", video),
  "1.2.840.10008.1.2.4.107": refused("HEVC Main Profile", video),
  "1.2.840.10008.1.2.4.108": refused("HEVC Main 10 Profile", video),
  "1.2.840.10008.1.2.4.110": refused("JPEG XL Lossless", jpegXl),
  "1.2.840.10008.1.2.4.111": refused("JPEG XL JPEG Recompression", jpegXl),
  "1.2.840.10008.1.2.4.112": refused("JPEG XL", jpegXl),
  "1.2.840.10008.1.2.4.201": lossless("High-Throughput JPEG 2000 Lossless", decodeHtj2k),
  "1.2.840.10008.1.2.4.202": lossless("High-Throughput JPEG 2000 RPCL Lossless", decodeHtj2k),
  "1.2.840.10008.1.2.4.203": lossy("High-Throughput JPEG 2000", decodeHtj2k),
  "1.2.840.10008.1.2.4.204": refused("JPIP HTJ2K Referenced", referenced),
  "1.2.840.10008.1.2.4.205": refused("JPIP HTJ2K Referenced Deflate", referenced),
  "1.2.840.10008.1.2.5": lossless("RLE Lossless", decodeRle),
  "1.2.840.10008.1.2.7.1": refused("SMPTE ST 2110-20 Uncompressed Progressive", video),
  "1.2.840.10008.1.2.7.2": refused("SMPTE ST 2110-20 Uncompressed Interlaced", video),
  "1.2.840.10008.1.2.7.3": refused("SMPTE ST 2110-30 PCM Digital Audio", "audio"),
  "1.2.840.10008.1.2.8.1": lossless("Deflated Image Frame", decodeDeflatedFrame),
};
