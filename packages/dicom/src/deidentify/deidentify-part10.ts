import { DicomError, InputError } from "@etalon/base";
import { elementOf, textOf, textsOf } from "../attribute-values.ts";
import { type ByteSource, bytesSource } from "../byte-source.ts";
import type { CodecSet } from "../codecs/codec-set.ts";
import type { DataSet } from "../data-set.ts";
import type { Part10 } from "../part10.ts";
import { readBulk } from "../read-bulk.ts";
import { readPart10 } from "../read-part10.ts";
import { transcodeNative } from "../transcode-native.ts";
import { writePart10 } from "../write-part10.ts";
import { blankPixels } from "./blank-pixels.ts";
import { burnedInSuspicion, type PixelRectangle, ultrasoundRegions } from "./burned-in.ts";
import type { Change } from "./change.ts";
import { type DeidentifyContext, deidentify } from "./deidentify.ts";
import type { ConfidentialityProfile } from "./profile.ts";

/** How to de-identify a file. */
export interface DeidentifyPart10Options {
  readonly profile: ConfidentialityProfile;
  readonly context: DeidentifyContext;
  /** Decompresses what is compressed. */
  readonly codecs: CodecSet;
  /** Pixels to blacken in every frame, by someone who looked. */
  readonly blanked?: readonly PixelRectangle[];
  /** Someone looked, and no identity stands in the pixels: they stay though they look suspect. */
  readonly isPixelTextAccepted?: true;
}

/** A file without identity. */
export interface DeidentifiedPart10 {
  /** A Part 10 file in Explicit VR Little Endian, with file meta information of its own. */
  readonly bytes: Uint8Array;
  readonly changes: readonly Change[];
  /** What was done with the pixels: `blanked`, or left for the reason said. */
  readonly pixels: "none" | "blanked" | "unsuspected" | "accepted";
  readonly sopInstanceUid: string;
}

const explicitLittleEndian = { transferSyntaxUid: "1.2.840.10008.1.2.1" } as const;
const pixelTags = ["7FE00010", "7FE00008", "7FE00009"];
const native = new Set(["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"]);

/**
 * A file without identity: {@link deidentify} on its data set, file meta information written anew, pixels cleaned.
 * Compressed, deflated and big endian files are written native, lossy ones still say that they were
 * (LossyImageCompression). Under `clean-pixel-data` what lies outside the regions of ultrasound is blackened, and the
 * rectangles given. The whole object is held in memory.
 *
 * @throws EtalonError `burned-in-suspected` where text may stand in the pixels and nothing was said to be done with it,
 *   `not-deidentifiable` (an encapsulated document: its pages cannot be read here)
 * @throws DicomError as {@link transcodeNative}; `unsupported-pixel-format` (pixels that cannot be blanked)
 */
export async function deidentifyPart10(
  source: ByteSource,
  options: DeidentifyPart10Options,
): Promise<DeidentifiedPart10> {
  const { file, part10 } = await readNative(source, options.codecs);
  const { dataSet } = part10;
  refuseDocument(dataSet, source.name);
  const pixelTag = pixelTags.find((tag) => elementOf(dataSet, tag) !== undefined);
  const cleaned = deidentify(dataSet, options.profile, options.context);
  const written: Record<string, DataSet[string]> = { ...cleaned.dataSet, ...characterSet(dataSet) };
  let pixels: DeidentifiedPart10["pixels"] = "none";
  if (pixelTag !== undefined) {
    const read = await pixelBytes(file, part10, pixelTag);
    const done = cleanedPixels(read, dataSet, { options, file: source.name });
    written[pixelTag] = { vr: dataSet[pixelTag].vr, bytes: done.bytes };
    pixels = done.pixels;
    if (pixels === "blanked" || pixels === "accepted") written["00280301"] = { vr: "CS", Value: ["NO"] };
  }
  const changes: readonly Change[] =
    pixels === "blanked" ? [...cleaned.changes, { path: "(7FE0,0010)", action: "C" }] : cleaned.changes;
  return { bytes: writtenBytes(written), changes, pixels, sopInstanceUid: textOf(written, "00080018") ?? "" };
}

async function readNative(
  source: ByteSource,
  codecs: CodecSet,
): Promise<{ readonly file: ByteSource; readonly part10: Part10 }> {
  const part10 = await readPart10(source, { until: "end" });
  const isNative = native.has(part10.transferSyntaxUid) && part10.isTruncated !== true;
  if (isNative) return { file: source, part10 };
  const pieces: Uint8Array[] = [];
  for await (const piece of transcodeNative(source, codecs, explicitLittleEndian)) pieces.push(piece);
  const file = bytesSource(source.name, joined(pieces));
  return { file, part10: await readPart10(file, { until: "end" }) };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function refuseDocument(dataSet: DataSet, file: string): void {
  if (elementOf(dataSet, "00420011") === undefined) return;
  throw new DicomError("not-deidentifiable", {
    file,
    field: "EncapsulatedDocument",
    details: { reason: textOf(dataSet, "00420012") ?? "document" },
  });
}

async function pixelBytes(file: ByteSource, part10: Part10, tag: string): Promise<Uint8Array> {
  const { bytes, bulk } = part10.dataSet[tag];
  return bulk === undefined ? (bytes ?? new Uint8Array(0)) : readBulk(file, part10, bulk);
}

function cleanedPixels(
  pixels: Uint8Array,
  dataSet: DataSet,
  { options, file }: { readonly options: DeidentifyPart10Options; readonly file: string },
): { readonly bytes: Uint8Array; readonly pixels: DeidentifiedPart10["pixels"] } {
  const blanked = options.blanked ?? [];
  const isCleaning = options.profile.options.includes("clean-pixel-data");
  const kept = isCleaning ? ultrasoundRegions(dataSet) : [];
  if (blanked.length > 0 || kept.length > 0)
    return { bytes: blankPixels(pixels, dataSet, { blanked, kept, file }), pixels: "blanked" };
  if (options.isPixelTextAccepted === true) return { bytes: pixels, pixels: "accepted" };
  const reason = burnedInSuspicion(dataSet);
  if (reason === undefined) return { bytes: pixels, pixels: "unsuspected" };
  throw new DicomError("burned-in-suspected", { file, field: "PixelData", details: { reason } });
}

/** Text is written in UTF-8 unless it stays in a character set that the writer has. */
function characterSet(dataSet: DataSet): DataSet {
  const terms = textsOf(dataSet, "00080005");
  const isWritten = terms.length === 0 || (terms.length === 1 && /^(ISO_IR 100|ISO_IR 192|)$/.test(terms[0]));
  return isWritten ? {} : utf8;
}

const utf8: DataSet = { "00080005": { vr: "CS", Value: ["ISO_IR 192"] } };

function writtenBytes(dataSet: DataSet): Uint8Array {
  try {
    return writePart10(dataSet, explicitLittleEndian);
  } catch (thrown) {
    if (!(thrown instanceof InputError) || thrown.code !== "out-of-range") throw thrown;
    return writePart10({ ...dataSet, ...utf8 }, explicitLittleEndian);
  }
}
