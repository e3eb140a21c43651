import { cache, imageLoader, volumeLoader } from "@cornerstonejs/core";
import type { PictureValues } from "../../picture/picture.ts";
import { normalOf } from "../../picture/plane.ts";
import { loadedPicture } from "../picture-store.ts";
import type { SliceOrder } from "../slice-order.ts";
import { imageIdOf, knowPictures, startCornerstone } from "./cornerstone-pictures.ts";

let count = 0;

/** A name for a volume in the viewer that no other has had. */
export function newVolumeId(): string {
  count += 1;
  // A colon would be taken for the name of a loader.
  return `volume-${count}`;
}

/** Gives the viewer a volume whose slices are loaded. Slices of one kind of number stay where they are. */
export async function openVolume(volumeId: string, order: SliceOrder): Promise<void> {
  const { pictures } = order;
  const kinds = new Set(pictures.map((picture) => loadedPicture(picture)?.values.constructor.name));
  if (kinds.size > 1) {
    openJoined(volumeId, order);
    return;
  }
  startCornerstone();
  knowPictures(pictures);
  const imageIds = pictures.map(imageIdOf);
  await Promise.all(imageIds.map((imageId) => imageLoader.loadAndCacheImage(imageId)));
  const volume = await volumeLoader.createAndCacheVolumeFromImages(volumeId, imageIds);
  // Its slices were there before it: nothing else tells it to take them over.
  volume.modified();
}

/** Puts slices of several kinds of numbers together. */
function openJoined(volumeId: string, { pictures, spacingMm }: SliceOrder): void {
  const [first] = pictures;
  if (first === undefined) throw new Error("a volume without slices");
  const { plane, header } = first;
  const voxels = header.rows * header.columns;
  const slices = pictures.map((picture) => {
    const values = loadedPicture(picture)?.values;
    if (values === undefined || values.length !== voxels) throw new Error(`${picture.id} is not loaded`);
    return values;
  });
  const [[rx, ry, rz], [cx, cy, cz], [nx, ny, nz]] = [
    plane.rowDirection,
    plane.columnDirection,
    normalOf(plane),
  ] as const;
  volumeLoader.createLocalVolume(volumeId, {
    metadata: {
      BitsAllocated: 16,
      BitsStored: 16,
      HighBit: 15,
      SamplesPerPixel: 1,
      PhotometricInterpretation: "MONOCHROME2",
      PixelRepresentation: 1,
      Modality: header.modality,
      SeriesInstanceUID: header.seriesInstanceUid,
      FrameOfReferenceUID: header.frameOfReferenceUid ?? header.seriesInstanceUid,
      ImageOrientationPatient: [...plane.rowDirection, ...plane.columnDirection],
      PixelSpacing: [...plane.spacingMm],
      Rows: header.rows,
      Columns: header.columns,
      voiLut: [],
      VOILUTFunction: "LINEAR",
    },
    dimensions: [header.columns, header.rows, pictures.length],
    spacing: [plane.spacingMm[1], plane.spacingMm[0], spacingMm],
    origin: [...plane.originLpsMm],
    direction: [rx, ry, rz, cx, cy, cz, nx, ny, nz],
    scalarData: joined(slices, voxels),
  });
}

/** All slices one after the other: 16-bit integers where all are, else floats. */
function joined(slices: readonly PictureValues[], voxels: number): Int16Array | Float32Array {
  const isShort = slices.every((values) => values instanceof Int16Array || values instanceof Uint8Array);
  const all = isShort ? new Int16Array(voxels * slices.length) : new Float32Array(voxels * slices.length);
  for (const [at, values] of slices.entries()) all.set(values, at * voxels);
  return all;
}

/** Gives the memory of a volume back. */
export function closeVolume(volumeId: string): void {
  if (cache.getVolumeLoadObject(volumeId) !== undefined) cache.removeVolumeLoadObject(volumeId);
}
