export {
  elementOf,
  firstItemOf,
  itemsOf,
  numberOf,
  numbersOf,
  textOf,
  textsOf,
} from "./attribute-values.ts";
export { encodeBase64 } from "./base64.ts";
export { type ByteSource, bytesSource } from "./byte-source.ts";
export { type CodecSet, createCodecSet } from "./codecs/codec-set.ts";
export type { EncodedFrame } from "./codecs/encoded-frame.ts";
export { createJpegEncoder, type JpegEncoder, type JpegPicture } from "./codecs/jpeg-encoder.ts";
export { type TransferSyntaxRow, transferSyntaxes } from "./codecs/table.ts";
export { type RgbContext, toRgb } from "./codecs/to-rgb.ts";
export type { BulkReference, DataSet, Element, ElementValue, PersonName } from "./data-set.ts";
export { dataSetOf, type KeywordRecord, type KeywordValue } from "./data-set-of.ts";
export { type DecodeFrameOptions, decodeEncodedFrame, decodeFrame } from "./decode-frame.ts";
export { burnedInSuspicion, type PixelRectangle } from "./deidentify/burned-in.ts";
export type { Change } from "./deidentify/change.ts";
export { type Deidentified, type DeidentifyContext, deidentify } from "./deidentify/deidentify.ts";
export {
  type DeidentifiedPart10,
  type DeidentifyPart10Options,
  deidentifyPart10,
} from "./deidentify/deidentify-part10.ts";
export {
  type ConfidentialityOption,
  type ConfidentialityProfile,
  confidentialityOptions,
  confidentialityProfile,
} from "./deidentify/profile.ts";
export { derivedUid } from "./derived-uid.ts";
export { fromDicomJson, toDicomJson } from "./dicom-json.ts";
export { readDicomdirReferences } from "./dicomdir-references.ts";
export { dictionaryVr, tagOfKeyword } from "./dictionary.ts";
export type { FramePixels } from "./frame-pixels.ts";
export { framePlaces } from "./frame-places.ts";
export { hashObject, type ObjectHashes } from "./hash-object.ts";
export type { FrameAxes, FrameHeader, InstanceHeader } from "./instance.ts";
export { readInstanceHeader } from "./instance-header.ts";
export { packBits } from "./pack-bits.ts";
export type { Part10 } from "./part10.ts";
export { readBulk } from "./read-bulk.ts";
export { type ReadOptions, readFileMeta, readPart10 } from "./read-part10.ts";
export { type StudyContext, studyContextOf } from "./study-context.ts";
export { sortedTags } from "./tag.ts";
export { transcodeExplicit } from "./transcode-explicit.ts";
export { transcodeNative } from "./transcode-native.ts";
export { createDicomdir, type Dicomdir } from "./write-dicomdir.ts";
export { fileMetaBytes, type WriteOptions, writePart10 } from "./write-part10.ts";
