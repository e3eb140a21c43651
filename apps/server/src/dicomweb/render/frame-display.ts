import { type DataSet, type Element, firstItemOf, itemsOf, numberOf, textOf } from "@etalon/dicom";
import type { StoredImage } from "../wado/image-cache.ts";
import { type LookupTable, readLookupTable } from "./lookup-table.ts";
import type { DisplayWindow } from "./render-query.ts";

/** How the stored values of a frame become grey (PS3.4 annex N.2): modality values, then the values of interest. */
export interface FrameDisplay {
  readonly rescaleSlope: number;
  readonly rescaleIntercept: number;
  /** In place of slope and intercept. */
  readonly modalityTable?: LookupTable;
  readonly window?: DisplayWindow;
  /** Where there is no window. */
  readonly voiTable?: LookupTable;
  /** Stored values that hold no measurement. */
  readonly padding?: readonly [number, number];
  /** MONOCHROME1: the lowest value is white. */
  readonly isInverted: boolean;
}

/** Reads an element's bytes where they were left in the file. */
export type ElementLoader = (element: Element) => Promise<Element>;

/** What an image says of the display of one frame (zero-based): in its functional groups, else in its data set. */
export async function frameDisplay(
  { dataSet, header }: StoredImage,
  frameIndex: number,
  load: ElementLoader,
): Promise<FrameDisplay> {
  const frame = header.frames[frameIndex];
  const voi = groupItem(dataSet, frameIndex, "00289132") ?? dataSet;
  const window = windowOf(voi);
  const modalityTable = await tableOf(firstItemOf(dataSet, "00283000"), load);
  const voiTable = window === undefined ? await tableOf(firstItemOf(voi, "00283010"), load) : undefined;
  return {
    rescaleSlope: frame?.rescaleSlope ?? 1,
    rescaleIntercept: frame?.rescaleIntercept ?? 0,
    ...(modalityTable === undefined ? {} : { modalityTable }),
    ...(window === undefined ? {} : { window }),
    ...(voiTable === undefined ? {} : { voiTable }),
    ...(header.pixelPadding === undefined ? {} : { padding: header.pixelPadding }),
    isInverted: header.photometricInterpretation === "MONOCHROME1",
  };
}

/** The item of a functional group macro: of the frame, else shared by all (PS3.3 C.7.6.16). */
function groupItem(dataSet: DataSet, frameIndex: number, macro: string): DataSet | undefined {
  const groups = [itemsOf(dataSet, "52009230")[frameIndex], firstItemOf(dataSet, "52009229")];
  for (const group of groups) {
    const item = group === undefined ? undefined : firstItemOf(group, macro);
    if (item !== undefined) return item;
  }
  return undefined;
}

/** The first window of the list. One that cannot be is taken as absent. */
function windowOf(dataSet: DataSet): DisplayWindow | undefined {
  const center = numberOf(dataSet, "00281050");
  const width = numberOf(dataSet, "00281051");
  const said = textOf(dataSet, "00281056");
  const shape = said === "SIGMOID" || said === "LINEAR_EXACT" ? said : "LINEAR";
  if (center === undefined || width === undefined || width < (shape === "LINEAR" ? 1 : Number.MIN_VALUE))
    return undefined;
  return { center, width, shape };
}

async function tableOf(item: DataSet | undefined, load: ElementLoader): Promise<LookupTable | undefined> {
  const data = item?.["00283006"];
  return item === undefined || data === undefined ? undefined : readLookupTable(item, await load(data));
}
