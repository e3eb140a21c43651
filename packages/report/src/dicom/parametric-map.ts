import { canonicalJson } from "@etalon/base";
import { derivedUid, type KeywordRecord } from "@etalon/dicom";
import type { ParametricMap } from "@etalon/measure";
import type { Grid } from "@etalon/volume";
import type { ReportInput } from "../report-input.ts";
import { type CodedConcept, codeItem, dcm, etalonCode, sct } from "./coded-concept.ts";
import { commonModules, contentDate } from "./common-modules.ts";
import { type DicomObject, nameObject } from "./dicom-object.ts";
import { fittingText } from "./fitting-text.ts";
import { frameOfReferenceUid, pixelMeasures } from "./grid-groups.ts";
import { bySeries, measuredSources, sopReference } from "./measured-sources.ts";
import { protocolConcepts } from "./protocol-concepts.ts";
import { sliceSources } from "./slice-sources.ts";
import { unitConcept } from "./unit-concept.ts";

const parametricMapStorage = "1.2.840.10008.5.1.4.1.1.30";

/** Quantities that PS3.16 CID 7180 codes, by the id of the map. */
const quantities: Readonly<Record<string, CodedConcept>> = {
  t1: dcm("113063", "T1"),
  t2: dcm("113065", "T2"),
  t2star: dcm("113064", "T2*"),
};

/**
 * A map as a DICOM Parametric Map (PS3.3 A.75): one frame of 32-bit floats for each slice, on the grid that was measured,
 * the values themselves with their unit and quantity. Where the map has no value, it holds FloatPixelPaddingValue 0.
 *
 * @param number place of the map among those of the result, from 1
 */
export function parametricMapObject(map: ParametricMap, input: ReportInput, number: number): DicomObject {
  const { grid } = map;
  return nameObject({
    ...commonModules("parametric-map", input),
    SOPClassUID: parametricMapStorage,
    ...contentDate(input),
    InstanceNumber: number,
    ImageType: ["DERIVED", "PRIMARY", "VOLUME", "QUANTITY"],
    ContentLabel: map.id
      .toUpperCase()
      .replace(/[^A-Z0-9_ ]/g, "_")
      .slice(0, 16),
    ContentDescription: fittingText(map.title.en),
    ContentCreatorName: null,
    ContentQualification: "RESEARCH",
    AcquisitionContextSequence: [],
    FrameOfReferenceUID: frameOfReferenceUid(input),
    PositionReferenceIndicator: null,
    ...pixelModule(map),
    ...dimensionModule(map, input),
    SharedFunctionalGroupsSequence: [sharedGroups(map, input)],
    PerFrameFunctionalGroupsSequence: frameGroups(grid, input),
    ...references(input),
  });
}

/** PS3.3 C.7.6.24, C.8.32.2. */
function pixelModule({ grid, values }: ParametricMap): KeywordRecord {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i], true);
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    NumberOfFrames: grid.slices,
    Rows: grid.rows,
    Columns: grid.columns,
    BitsAllocated: 32,
    FloatPixelPaddingValue: 0,
    FloatPixelPaddingRangeLimit: 0,
    FloatPixelData: bytes,
    BurnedInAnnotation: "NO",
    RecognizableVisualFeatures: "NO",
    LossyImageCompression: "00",
    PresentationLUTShape: "IDENTITY",
  };
}

/** Frames are told apart by their position (PS3.3 C.7.6.17). */
function dimensionModule({ id }: ParametricMap, { result }: ReportInput): KeywordRecord {
  const uid = derivedUid(canonicalJson(["etalon", "dimensions", result.digest, id]));
  return {
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: uid }],
    DimensionIndexSequence: [
      { DimensionOrganizationUID: uid, DimensionIndexPointer: "00200032", FunctionalGroupPointer: "00209113" },
    ],
  };
}

function sharedGroups(map: ParametricMap, { result }: ReportInput): KeywordRecord {
  const { grid } = map;
  const site = protocolConcepts(result.protocol.id).site ?? sct("80891009", "Heart");
  return {
    PlaneOrientationSequence: [{ ImageOrientationPatient: [...grid.rowDirection, ...grid.columnDirection] }],
    PixelMeasuresSequence: [pixelMeasures(grid)],
    FrameAnatomySequence: [{ AnatomicRegionSequence: [codeItem(site)], FrameLaterality: "U" }],
    ParametricMapFrameTypeSequence: [{ FrameType: ["DERIVED", "PRIMARY", "VOLUME", "QUANTITY"] }],
    RealWorldValueMappingSequence: [valueMapping(map)],
    PixelValueTransformationSequence: [{ RescaleIntercept: 0, RescaleSlope: 1, RescaleType: "US" }],
    FrameVOILUTSequence: [displayWindow(map)],
  };
}

/** The values as they are, with their unit and what they are of (PS3.3 C.7.6.16.2.11). */
function valueMapping({ id, title, unit, values }: ParametricMap): KeywordRecord {
  const [lowest, highest] = rangeOf(values);
  const quantity = Object.hasOwn(quantities, id) ? quantities[id] : etalonCode(id, title.en);
  return {
    DoubleFloatRealWorldValueFirstValueMapped: lowest,
    DoubleFloatRealWorldValueLastValueMapped: highest,
    RealWorldValueIntercept: 0,
    RealWorldValueSlope: 1,
    LUTExplanation: fittingText(title.en),
    LUTLabel: id.slice(0, 16),
    MeasurementUnitsCodeSequence: [codeItem(unitConcept(unit))],
    QuantityDefinitionSequence: [
      {
        ValueType: "CODE",
        ConceptNameCodeSequence: [codeItem(sct("246205007", "Quantity"))],
        ConceptCodeSequence: [codeItem(quantity)],
      },
    ],
  };
}

/** A window over all values; each viewer chooses its own colours. */
function displayWindow({ values }: ParametricMap): KeywordRecord {
  const [lowest, highest] = rangeOf(values);
  return {
    WindowCenter: (lowest + highest) / 2,
    WindowWidth: Math.max(highest - lowest, 1e-6),
    VOILUTFunction: "LINEAR_EXACT",
  };
}

function rangeOf(values: Float32Array): readonly [number, number] {
  let [lowest, highest] = [0, 0];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return [lowest, highest];
}

function frameGroups(grid: Grid, input: ReportInput): KeywordRecord[] {
  const bySlice = sliceSources(grid, measuredSources(input));
  return Array.from({ length: grid.slices }, (_, slice) => ({
    DerivationImageSequence: bySlice[slice].length === 0 ? [] : [derivation(bySlice[slice])],
    FrameContentSequence: [{ DimensionIndexValues: [slice + 1] }],
    PlanePositionSequence: [{ ImagePositionPatient: [...grid.sliceOriginsLpsMm.subarray(3 * slice, 3 * slice + 3)] }],
  }));
}

function derivation(sources: readonly Parameters<typeof sopReference>[0][]): KeywordRecord {
  return {
    DerivationCodeSequence: [codeItem(etalonCode("relaxation-fit", "Fit of a relaxation curve in each voxel"))],
    SourceImageSequence: sources.map((source) => ({
      ...sopReference(source),
      PurposeOfReferenceCodeSequence: [codeItem(dcm("121322", "Source image for image processing operation"))],
    })),
  };
}

/** PS3.3 C.12.2. */
function references(input: ReportInput): KeywordRecord {
  const sources = measuredSources(input);
  if (sources.length === 0) return {};
  return {
    ReferencedSeriesSequence: [...bySeries(sources)].map(([uid, ofSeries]) => ({
      SeriesInstanceUID: uid,
      ReferencedInstanceSequence: ofSeries.map(sopReference),
    })),
  };
}
