import { DicomError } from "@etalon/base";
import { elementOf, firstItemOf, numberOf, textOf, textsOf } from "./attribute-values.ts";
import type { DataSet } from "./data-set.ts";
import { readFrameHeaders } from "./frame-headers.ts";
import { functionalGroupsOf, groupsOfFrame, inGroup } from "./functional-groups.ts";
import type { InstanceHeader } from "./instance.ts";
import type { Part10 } from "./part10.ts";
import { said } from "./said.ts";

const pixelDataTags = ["7FE00010", "7FE00008", "7FE00009"] as const;

/**
 * What an object says of itself. Attributes that are absent, empty or no number stay absent.
 *
 * @param file name of the file, for errors
 * @throws DicomError `missing-attribute` (no SOPInstanceUID), `dicom-malformed` (a number of frames that cannot be)
 */
export function readInstanceHeader(part10: Part10, file: string): InstanceHeader {
  const { dataSet, transferSyntaxUid } = part10;
  const sopInstanceUid = textOf(dataSet, "00080018");
  if (sopInstanceUid === undefined) {
    throw new DicomError("missing-attribute", { file, field: "SOPInstanceUID" });
  }
  return {
    transferSyntaxUid,
    sopInstanceUid,
    sopClassUid: textOf(dataSet, "00080016") ?? "",
    studyInstanceUid: textOf(dataSet, "0020000D") ?? "",
    seriesInstanceUid: textOf(dataSet, "0020000E") ?? "",
    modality: textOf(dataSet, "00080060") ?? "",
    imageType: textsOf(dataSet, "00080008"),
    ...seriesAttributes(dataSet),
    ...acquisitionAttributes(dataSet),
    ...pixelAttributes(dataSet, file),
  };
}

function seriesAttributes(dataSet: DataSet): Partial<InstanceHeader> {
  return said({
    frameOfReferenceUid: textOf(dataSet, "00200052"),
    instanceNumber: numberOf(dataSet, "00200013"),
    seriesNumber: numberOf(dataSet, "00200011"),
    seriesDescription: textOf(dataSet, "0008103E"),
    protocolName: textOf(dataSet, "00181030"),
    bodyPartExamined: textOf(dataSet, "00180015"),
    manufacturer: textOf(dataSet, "00080070"),
    manufacturerModelName: textOf(dataSet, "00081090"),
  });
}

/** Said in the data set, or in the functional groups of the first frame (PS3.3 C.8.15.3). */
function acquisitionAttributes(dataSet: DataSet): Partial<InstanceHeader> {
  const groups = groupsOfFrame(functionalGroupsOf(dataSet), 0);
  const number = (tag: string, sequence: string): number | undefined =>
    numberOf(dataSet, tag) ?? inGroup(groups, sequence, (group) => numberOf(group, tag));
  return said({
    tubeVoltageKv: number("00180060", "00189325"),
    gantryTiltDeg: number("00181120", "00189304"),
    spacingBetweenSlicesMm: number("00180088", "00289110"),
    convolutionKernel: textOf(dataSet, "00181210") ?? inGroup(groups, "00189314", (group) => textOf(group, "00181210")),
    fieldStrengthT: numberOf(dataSet, "00180087"),
    contrastBolusAgent: textOf(dataSet, "00180010") ?? contrastAgentMeaning(dataSet),
  });
}

/** Enhanced objects name the agent by a code; its meaning is what people read. */
function contrastAgentMeaning(dataSet: DataSet): string | undefined {
  const agent = firstItemOf(dataSet, "00180012");
  return agent === undefined ? undefined : textOf(agent, "00080104");
}

function pixelAttributes(
  dataSet: DataSet,
  file: string,
): Pick<
  InstanceHeader,
  | "rows"
  | "columns"
  | "numberOfFrames"
  | "samplesPerPixel"
  | "photometricInterpretation"
  | "bitsAllocated"
  | "bitsStored"
  | "isSigned"
  | "pixelPadding"
  | "hasPixelData"
  | "frames"
> {
  const rows = numberOf(dataSet, "00280010") ?? 0;
  const columns = numberOf(dataSet, "00280011") ?? 0;
  const isImage = rows > 0 && columns > 0;
  const bitsAllocated = numberOf(dataSet, "00280100") ?? 0;
  const numberOfFrames = isImage ? (numberOf(dataSet, "00280008") ?? 1) : 0;
  const framesInPixelData = framesThatFit(dataSet, rows * columns * bitsAllocated);
  const isSigned = numberOf(dataSet, "00280103") === 1;
  return {
    rows,
    columns,
    numberOfFrames,
    samplesPerPixel: numberOf(dataSet, "00280002") ?? 1,
    photometricInterpretation: textOf(dataSet, "00280004") ?? "",
    bitsAllocated,
    bitsStored: numberOf(dataSet, "00280101") ?? bitsAllocated,
    isSigned,
    ...said({ pixelPadding: pixelPadding(dataSet, { isSigned, bitsAllocated }) }),
    hasPixelData: pixelDataTags.some((tag) => elementOf(dataSet, tag) !== undefined),
    frames: isImage ? readFrameHeaders(dataSet, { numberOfFrames, framesInPixelData }, file) : [],
  };
}

/** Upper bound of the frames in native pixel data of one sample per pixel; unbounded where it is encapsulated. */
function framesThatFit(dataSet: DataSet, bitsPerFrame: number): number {
  const lengths = pixelDataTags.map((tag) => {
    const element = elementOf(dataSet, tag);
    return element?.bulk?.length ?? element?.bytes?.length ?? 0;
  });
  const length = lengths.find((bytes) => bytes !== 0) ?? -1;
  return length < 0 || bitsPerFrame === 0 ? Number.POSITIVE_INFINITY : Math.floor((length * 8) / bitsPerFrame);
}

/** PixelPaddingValue up to PixelPaddingRangeLimit (PS3.3 C.7.5.1.1.2), as the pixels' own sign reads them. */
function pixelPadding(
  dataSet: DataSet,
  pixel: { readonly isSigned: boolean; readonly bitsAllocated: number },
): readonly [number, number] | undefined {
  const value = numberOf(dataSet, "00280120");
  if (value === undefined) return undefined;
  const first = asStored(value, pixel);
  const last = asStored(numberOf(dataSet, "00280121") ?? value, pixel);
  return [Math.min(first, last), Math.max(first, last)];
}

/** Files are found that write −2000 as US 63536, and the reverse. */
function asStored(value: number, pixel: { readonly isSigned: boolean; readonly bitsAllocated: number }): number {
  if (pixel.bitsAllocated !== 16) return value;
  if (pixel.isSigned && value >= 0x8000) return value - 0x10000;
  return !pixel.isSigned && value < 0 ? value + 0x10000 : value;
}
