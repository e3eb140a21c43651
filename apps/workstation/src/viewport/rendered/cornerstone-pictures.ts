import { cache, Enums, imageLoader, init, metaData, type Types, utilities } from "@cornerstonejs/core";
import type { DecodedPicture, Picture } from "../../picture/picture.ts";
import { loadNow, onForgotten } from "../picture-store.ts";
import { shownWindow } from "../shown-window.ts";

/** What names our pictures among Cornerstone's images. */
const scheme = "etalon";

/** The pictures that may be drawn, by Cornerstone's name of them. */
const pictures = new Map<string, Picture>();

let isStarted = false;

/** Cornerstone's name of a picture. */
export function imageIdOf({ id }: Pick<Picture, "id">): string {
  return `${scheme}:${id}`;
}

/** Makes pictures known, so that they can be drawn. */
export function knowPictures(some: readonly Picture[]): void {
  for (const picture of some) pictures.set(imageIdOf(picture), picture);
}

/** Prepares Cornerstone once: our loader, and what is known of each picture. */
export function startCornerstone(): void {
  if (isStarted) return;
  isStarted = true;
  init();
  imageLoader.registerImageLoader(scheme, (imageId: string) => ({ promise: loadImage(imageId) }));
  metaData.addProvider(describe, 10_000);
  onForgotten(() => {
    pictures.clear();
    cache.purgeCache();
  });
}

/** The viewer is handed pictures that are there: it tells nobody of one that does not come. */
async function loadImage(imageId: string): Promise<Types.IImage> {
  const picture = pictures.get(imageId);
  if (picture === undefined) throw new Error(`${imageId} is not known`);
  return imageOf(imageId, picture, await loadNow(picture));
}

function imageOf(imageId: string, picture: Picture, decoded: DecodedPicture): Types.IImage {
  const { values, rows, columns, samplesPerPixel, min, max } = decoded;
  const { plane, header } = picture;
  const isColor = samplesPerPixel === 3;
  const window = shownWindow(picture, decoded);
  return {
    imageId,
    isPreScaled: true,
    preScale: { enabled: true, scaled: true },
    minPixelValue: min,
    maxPixelValue: max,
    slope: 1,
    intercept: 0,
    windowCenter: window.center,
    windowWidth: window.width,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR_EXACT,
    getPixelData: () => values,
    getCanvas: () => document.createElement("canvas"),
    rows,
    columns,
    height: rows,
    width: columns,
    color: isColor,
    rgba: false,
    numberOfComponents: samplesPerPixel,
    columnPixelSpacing: plane.spacingMm[1],
    rowPixelSpacing: plane.spacingMm[0],
    invert: header.photometricInterpretation === "MONOCHROME1",
    photometricInterpretation: isColor ? "RGB" : header.photometricInterpretation,
    sizeInBytes: values.byteLength,
    dataType: typeName(values),
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      width: columns,
      height: rows,
      scalarData: values,
      numberOfComponents: samplesPerPixel,
    }),
  };
}

function typeName(values: DecodedPicture["values"]): Types.PixelDataTypedArrayString {
  if (values instanceof Uint8Array) return "Uint8Array";
  if (values instanceof Uint16Array) return "Uint16Array";
  return values instanceof Int16Array ? "Int16Array" : "Float32Array";
}

/** What Cornerstone asks of a picture. */
function describe(type: string, imageId: unknown): unknown {
  const picture = typeof imageId === "string" ? pictures.get(imageId) : undefined;
  if (picture === undefined) return undefined;
  const { header, plane } = picture;
  switch (type) {
    case Enums.MetadataModules.IMAGE_PLANE:
      return {
        frameOfReferenceUID: header.frameOfReferenceUid ?? header.sopInstanceUid,
        rows: header.rows,
        columns: header.columns,
        imageOrientationPatient: [...plane.rowDirection, ...plane.columnDirection],
        rowCosines: [...plane.rowDirection],
        columnCosines: [...plane.columnDirection],
        imagePositionPatient: [...plane.originLpsMm],
        rowPixelSpacing: plane.spacingMm[0],
        columnPixelSpacing: plane.spacingMm[1],
        pixelSpacing: [...plane.spacingMm],
        usingDefaultValues: false,
      };
    case Enums.MetadataModules.IMAGE_PIXEL:
      return {
        samplesPerPixel: header.samplesPerPixel,
        photometricInterpretation: header.photometricInterpretation,
        rows: header.rows,
        columns: header.columns,
        bitsAllocated: header.bitsAllocated,
        bitsStored: header.bitsStored,
        highBit: header.bitsStored - 1,
        pixelRepresentation: header.isSigned ? 1 : 0,
      };
    case Enums.MetadataModules.GENERAL_SERIES:
      return { modality: header.modality, seriesInstanceUID: header.seriesInstanceUid };
    default:
      return undefined;
  }
}
