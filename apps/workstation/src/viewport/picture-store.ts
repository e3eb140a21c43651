import { cache, Enums, imageLoader, init, metaData, type Types, utilities } from "@cornerstonejs/core";
import { authorizationHeaders } from "../api/authorization.ts";
import { serverUrl } from "../api/server-url.ts";
import { localFile } from "../picture/local-file.ts";
import type { DecodedPicture, Picture } from "../picture/picture.ts";
import { createDecodePool, type DecodePool } from "./decode/decode-pool.ts";

/** What names our pictures among Cornerstone's images. */
const scheme = "etalon";

/** The pictures that may be drawn, by Cornerstone's name of them. */
const pictures = new Map<string, Picture>();
const decoded = new Map<string, DecodedPicture>();
const loading = new Map<string, Promise<DecodedPicture>>();
let pool: DecodePool | undefined;

/** Cornerstone's name of a picture. */
export function imageIdOf({ id }: Pick<Picture, "id">): string {
  return `${scheme}:${id}`;
}

/** The picture that Cornerstone knows by a name. */
export function pictureIdOf(imageId: string): string {
  return imageId.slice(scheme.length + 1);
}

/** Prepares Cornerstone once: our loader, and what is known of each picture. */
export function startCornerstone(): void {
  if (pool !== undefined) return;
  init();
  pool = createDecodePool(() => new Worker(new URL("./decode/decode-worker.ts", import.meta.url), { type: "module" }));
  imageLoader.registerImageLoader(scheme, (imageId: string) => ({ promise: loadImage(imageId) }));
  metaData.addProvider(describe, 10_000);
}

/** Makes pictures known, so that they can be drawn. */
export function knowPictures(some: readonly Picture[]): void {
  for (const picture of some) pictures.set(imageIdOf(picture), picture);
}

/** The values of a picture, decoded for something else than the viewer. */
export function decodedPicture(picture: Picture): Promise<DecodedPicture> {
  startCornerstone();
  return load(picture, "ahead");
}

/** The values of a picture that is loaded. */
export function loadedPicture(picture: Picture): DecodedPicture | undefined {
  return decoded.get(imageIdOf(picture));
}

/** Loads a picture before it is asked for. Settles when it is there. */
export async function loadAhead(picture: Picture): Promise<void> {
  await load(picture, "ahead");
}

/** Loads a picture that somebody waits for. @throws what its bytes are refused for, `offline` where nothing answers */
export async function loadNow(picture: Picture): Promise<void> {
  pool?.hurry(imageIdOf(picture));
  await load(picture, "now");
}

/** Forgets the pictures of a study that is closed. */
export function forgetPictures(): void {
  pool?.forgetAhead();
  pictures.clear();
  decoded.clear();
  cache.purgeCache();
}

/** The viewer is handed pictures that are there: it tells nobody of one that does not come. */
async function loadImage(imageId: string): Promise<Types.IImage> {
  const picture = pictures.get(imageId);
  if (picture === undefined) throw new Error(`${imageId} is not known`);
  return imageOf(imageId, picture, await load(picture, "now"));
}

function load(picture: Picture, urgency: "now" | "ahead"): Promise<DecodedPicture> {
  const id = imageIdOf(picture);
  const there = decoded.get(id);
  if (there !== undefined) return Promise.resolve(there);
  const underWay = loading.get(id);
  if (underWay !== undefined) return underWay;
  if (pool === undefined) return Promise.reject(new Error("the viewer has not been started"));
  const { header, frame, pixelModule, tableUrls } = picture;
  const task = {
    ...{
      id,
      url: serverUrl(picture.path),
      headers: authorizationHeaders(),
      picture: { header, frame, pixelModule, tableUrls },
    },
    ...withFile(localFile(header.sopInstanceUid)),
  };
  const promise = pool.decode(task, urgency).then((values) => {
    decoded.set(id, values);
    return values;
  });
  const settled = promise.finally(() => loading.delete(id));
  loading.set(id, settled);
  return settled;
}

function withFile(file: Blob | undefined): { readonly file?: Blob } {
  return file === undefined ? {} : { file };
}

function imageOf(
  imageId: string,
  picture: Picture,
  { values, rows, columns, samplesPerPixel, min, max }: DecodedPicture,
) {
  const { plane, header } = picture;
  const isColor = samplesPerPixel === 3;
  // Where nobody says how, what the picture spans; one of a single value is black.
  const spanned = max > min ? { center: (min + max) / 2, width: max - min } : { center: min + 0.5, width: 1 };
  const window = picture.window ?? spanned;
  const image: Types.IImage = {
    imageId,
    isPreScaled: true,
    preScale: { enabled: true, scaled: true },
    minPixelValue: min,
    maxPixelValue: max,
    slope: 1,
    intercept: 0,
    windowCenter: isColor ? 127.5 : window.center,
    windowWidth: isColor ? 255 : window.width,
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
  return image;
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
