import {
  type DataSet,
  firstItemOf,
  fromDicomJson,
  type InstanceHeader,
  itemsOf,
  numberOf,
  readInstanceHeader,
  textOf,
} from "@etalon/dicom";
import { frameRateOf } from "./frame-rate.ts";
import { patientOrientationOf } from "./patient-orientation.ts";
import type { Picture, Window } from "./picture.ts";
import { planeOf } from "./plane.ts";
import { tableUrlsOf } from "./table-urls.ts";
import { readUltrasoundRegions } from "./ultrasound-region.ts";
import { withoutBulkAddresses } from "./without-bulk-addresses.ts";

/** An object of a series as its metadata describe it. */
export interface SeriesObject {
  readonly dataSet: DataSet;
  readonly header: InstanceHeader;
  readonly pictures: readonly Picture[];
}

/** The objects of a series from its metadata (PS3.18 section 10.4.1.1.2). */
export function readSeriesObjects(metadata: unknown): readonly SeriesObject[] {
  return Array.isArray(metadata)
    ? metadata.map((json) => objectOf(fromDicomJson(withoutBulkAddresses(json)), tableUrlsOf(json)))
    : [];
}

function objectOf(dataSet: DataSet, tableUrls: Picture["tableUrls"]): SeriesObject {
  const transferSyntaxUid = textOf(dataSet, "00083002") ?? "1.2.840.10008.1.2.1";
  const header = readInstanceHeader({ meta: {}, dataSet, transferSyntaxUid, dataSetOffset: 0 }, "metadata");
  const pixelModule = Object.fromEntries(Object.entries(dataSet).filter(([tag]) => tag.startsWith("0028")));
  const regions = readUltrasoundRegions(dataSet);
  const framesPerSecond = frameRateOf(dataSet);
  // Each picture travels to a worker: with the header of all its frames it would be heavy.
  const single = { ...header, frames: [] };
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = header;
  const instance = `dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
  const pictures = header.frames.map((frame) => ({
    id: `${sopInstanceUid}/${frame.frameIndex + 1}`,
    header: single,
    frame,
    path: `${instance}/frames/${frame.frameIndex + 1}`,
    pixelModule,
    tableUrls,
    plane: planeOf(frame),
    patientOrientation: patientOrientationOf(dataSet, frame.frameIndex),
    regions,
    window: windowOf(dataSet, frame.frameIndex),
    framesPerSecond,
  }));
  return { dataSet, header, pictures: header.hasPixelData ? pictures : [] };
}

/** WindowCenter and WindowWidth of the frame, or of all frames (PS3.3 C.11.2, C.7.6.16.2.10). */
function windowOf(dataSet: DataSet, frameIndex: number): Window | undefined {
  const groups = [itemsOf(dataSet, "52009230")[frameIndex], firstItemOf(dataSet, "52009229")];
  const voi = groups.map((group) => (group === undefined ? undefined : firstItemOf(group, "00289132")));
  for (const place of [...voi, dataSet]) {
    if (place === undefined) continue;
    const center = numberOf(place, "00281050");
    const width = numberOf(place, "00281051");
    if (center !== undefined && width !== undefined && width > 0) return { center, width };
  }
  return undefined;
}
