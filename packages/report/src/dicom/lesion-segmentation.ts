import { canonicalJson } from "@etalon/base";
import { derivedUid, type KeywordRecord } from "@etalon/dicom";
import type { ItemMask } from "@etalon/measure";
import type { Grid } from "@etalon/volume";
import type { ReportInput, SourceInstance } from "../report-input.ts";
import { codeItem, dcm, sct } from "./coded-concept.ts";
import { commonModules, contentDate } from "./common-modules.ts";
import { type DicomObject, nameObject } from "./dicom-object.ts";
import { fittingText } from "./fitting-text.ts";
import { frameOfReferenceUid, pixelMeasures } from "./grid-groups.ts";
import { bySeries, measuredSources, sopReference } from "./measured-sources.ts";
import { protocolConcepts } from "./protocol-concepts.ts";
import { packFrames, type SegmentFrame, segmentFrames } from "./segment-frames.ts";
import { siteConcept } from "./site-concept.ts";
import { sliceSources } from "./slice-sources.ts";
import { trackingOf } from "./tracking.ts";

/** A segmentation and the number that each item of the result has in it. */
export interface LesionSegmentation extends DicomObject {
  readonly segments: readonly { readonly item: string; readonly number: number }[];
}

const segmentationStorage = "1.2.840.10008.5.1.4.1.1.66.4";

/**
 * The voxels of a result's items as a binary DICOM SEG (PS3.3 A.51): one segment for each item, named and tracked as in the
 * structured report, on the grid that was measured (slabs where thin slices were averaged). `null` where nothing counts:
 * a segmentation has at least one segment.
 *
 * @param mask of the same inputs as the result (`prepareRun(…).outline()`)
 */
export function lesionSegmentation(input: ReportInput, mask: ItemMask): LesionSegmentation | null {
  const frames = segmentFrames(mask);
  if (frames.length === 0) return null;
  const { grid, items } = mask;
  const sources = measuredSources(input);
  const named = nameObject({
    ...commonModules("segmentation", input),
    SOPClassUID: segmentationStorage,
    ...contentDate(input),
    InstanceNumber: 1,
    ImageType: ["DERIVED", "PRIMARY"],
    ContentLabel: "ITEMS",
    ContentDescription: input.protocol.title.en,
    ContentCreatorName: null,
    FrameOfReferenceUID: frameOfReferenceUid(input),
    PositionReferenceIndicator: null,
    ...pixelModule(grid, frames),
    SegmentationType: "BINARY",
    SegmentsOverlap: "NO",
    SegmentSequence: items.map((item, index) => segmentItem(item, index + 1, input)),
    ...dimensionModule(input),
    SharedFunctionalGroupsSequence: [sharedGroups(grid)],
    PerFrameFunctionalGroupsSequence: frameGroups(grid, frames, sources),
    ReferencedSeriesSequence:
      sources.length === 0
        ? undefined
        : [...bySeries(sources)].map(([uid, ofSeries]) => ({
            SeriesInstanceUID: uid,
            ReferencedInstanceSequence: ofSeries.map(sopReference),
          })),
  });
  return { ...named, segments: items.map(({ item }, index) => ({ item, number: index + 1 })) };
}

/** PS3.3 C.7.6.3, C.8.20.2. */
function pixelModule({ rows, columns }: Grid, frames: readonly SegmentFrame[]): KeywordRecord {
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    NumberOfFrames: frames.length,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    LossyImageCompression: "00",
    PixelData: packFrames(frames, rows * columns),
  };
}

/** PS3.3 table C.8.20-4. */
function segmentItem(
  { item, site }: ItemMask["items"][number],
  number: number,
  { result }: ReportInput,
): KeywordRecord {
  const tracking = trackingOf(result, { site, item });
  const region = site === undefined ? null : siteConcept(site);
  const finding = protocolConcepts(result.protocol.id).finding ?? sct("49755003", "Morphologically Abnormal Structure");
  return {
    SegmentNumber: number,
    SegmentLabel: fittingText((site === undefined ? item : `${item} (${site})`).replaceAll("\\", "/")),
    SegmentAlgorithmType: result.provisional ? "AUTOMATIC" : "SEMIAUTOMATIC",
    SegmentAlgorithmName: `${result.protocol.id} ${result.protocol.version}`,
    SegmentedPropertyCategoryCodeSequence: [codeItem(sct("49755003", "Morphologically Abnormal Structure"))],
    SegmentedPropertyTypeCodeSequence: [codeItem(finding)],
    AnatomicRegionSequence: region === null ? undefined : [codeItem(region)],
    TrackingID: tracking.identifier,
    TrackingUID: tracking.uid,
  };
}

/** Frames are told apart by segment, then by position (PS3.3 C.7.6.17). */
function dimensionModule({ result }: ReportInput): KeywordRecord {
  const uid = derivedUid(canonicalJson(["etalon", "dimensions", result.digest]));
  return {
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: uid }],
    DimensionIndexSequence: [
      { DimensionOrganizationUID: uid, DimensionIndexPointer: "0062000B", FunctionalGroupPointer: "0062000A" },
      { DimensionOrganizationUID: uid, DimensionIndexPointer: "00200032", FunctionalGroupPointer: "00209113" },
    ],
  };
}

function sharedGroups(grid: Grid): KeywordRecord {
  return {
    PlaneOrientationSequence: [{ ImageOrientationPatient: [...grid.rowDirection, ...grid.columnDirection] }],
    PixelMeasuresSequence: [pixelMeasures(grid)],
  };
}

/** The groups of each frame: where it lies, which segment it shows, which images it was found in. */
function frameGroups(grid: Grid, frames: readonly SegmentFrame[], sources: readonly SourceInstance[]): KeywordRecord[] {
  const bySlice = sliceSources(grid, sources);
  const used = [...new Set(frames.map(({ slice }) => slice))].sort((a, b) => a - b);
  return frames.map(({ segment, slice }) => ({
    DerivationImageSequence: bySlice[slice].length === 0 ? [] : [derivation(bySlice[slice])],
    FrameContentSequence: [{ DimensionIndexValues: [segment, used.indexOf(slice) + 1] }],
    PlanePositionSequence: [{ ImagePositionPatient: [...grid.sliceOriginsLpsMm.subarray(3 * slice, 3 * slice + 3)] }],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
  }));
}

function derivation(sources: readonly SourceInstance[]): KeywordRecord {
  return {
    DerivationCodeSequence: [codeItem(dcm("113076", "Segmentation"))],
    SourceImageSequence: sources.map((source) => ({
      ...sopReference(source),
      PurposeOfReferenceCodeSequence: [codeItem(dcm("121322", "Source image for image processing operation"))],
    })),
  };
}
