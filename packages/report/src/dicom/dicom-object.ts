import { canonicalJson, type Language, sha256Hex } from "@etalon/base";
import { dataSetOf, derivedUid, type KeywordRecord, writePart10 } from "@etalon/dicom";
import type { ReportInput } from "../report-input.ts";

/** A DICOM object made from a result, as a Part 10 file (Explicit VR Little Endian). */
export interface DicomObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly bytes: Uint8Array;
}

/** The kinds of object; each has its own series. */
export type ObjectKind = "structured-report" | "segmentation" | "parametric-map" | "key-images" | "encapsulated-pdf";

/** A data set by keywords that lacks only its SOP Instance UID. */
export interface UnnamedObject extends KeywordRecord {
  readonly SOPClassUID: string;
  readonly SeriesInstanceUID: string;
}

const explicitLittleEndian = "1.2.840.10008.1.2.1";

/**
 * Names an object by what it says and writes it: the SOP Instance UID is derived from the object's own bytes, so that one
 * UID never stands for two contents and a re-run of the same input makes the same object, byte for byte.
 *
 * @param identity what the UID is derived from where it is not the whole object
 */
export function nameObject(unnamed: UnnamedObject, identity: string = contentSha256(unnamed)): DicomObject {
  const sopInstanceUid = derivedUid(canonicalJson(["etalon", "instance", identity]));
  return {
    sopClassUid: unnamed.SOPClassUID,
    sopInstanceUid,
    seriesInstanceUid: unnamed.SeriesInstanceUID,
    bytes: write({ ...unnamed, SOPInstanceUID: sopInstanceUid }),
  };
}

/** SHA-256 of an object's file with a stand-in for its UID. */
export function contentSha256(unnamed: UnnamedObject): string {
  return sha256Hex(write({ ...unnamed, SOPInstanceUID: "2.25.0" }));
}

function write(record: KeywordRecord): Uint8Array {
  return writePart10(dataSetOf(record), { transferSyntaxUid: explicitLittleEndian });
}

/** The language of an object's texts: images are the same for every reader, and speak the language of DICOM's own meanings. */
export function languageOf(kind: ObjectKind, { language }: ReportInput): Language {
  return kind === "segmentation" || kind === "parametric-map" || kind === "key-images" ? "en" : language;
}

/** The series that objects of one kind of a result lie in; its texts are in one language. */
export function seriesUidOf(kind: ObjectKind, input: ReportInput): string {
  const { digest, build } = input.result;
  const parts = [kind, input.context.study.instanceUid, digest, build.etalon, languageOf(kind, input)];
  return derivedUid(canonicalJson(["etalon", "series", ...parts]));
}
