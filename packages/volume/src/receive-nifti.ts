import { EtalonError, sha256Hex } from "@etalon/base";
import { type ByteSource, derivedUid, type FrameHeader, type InstanceHeader } from "@etalon/dicom";
import {
  isGzip,
  isNifti,
  type NiftiFile,
  type NiftiGeometry,
  type NiftiSpacing,
  niftiGeometry,
  niftiHeaderLength,
  niftiTypes,
  readNifti,
} from "@etalon/inputs";
import type { ReceivedInstance, ReceivedOther } from "./received.ts";

/** How research files are read. */
export interface ResearchFileOptions {
  /** Which voxel size to believe where the affine of a NIfTI file contradicts its pixdim. */
  readonly niftiSpacing: NiftiSpacing;
  /** What the third axis of an array of three axes counts, in files that do not say it (MAT, Analyze); slices when absent. */
  readonly thirdAxis?: "slices" | "time";
}

/** Stored types that have a sign (nifti1.h). */
const signedTypes: ReadonlySet<number> = new Set([4, 8, 16, 64, 256]);

/**
 * A NIfTI-1 file as an instance of its own series: one frame per slice and volume, volumes counted along
 * `temporalPositionIndex`. Its UIDs are derived from its bytes. `undefined` for what is no NIfTI file.
 */
export async function receiveNifti(
  path: string,
  source: ByteSource,
  { niftiSpacing }: ResearchFileOptions,
): Promise<ReceivedInstance | ReceivedOther | undefined> {
  const start = await source.read(0, niftiHeaderLength);
  const isCompressed = isGzip(start) && path.toLowerCase().endsWith(".nii.gz");
  if (!isNifti(start) && !isCompressed) return undefined;
  const bytes = await source.read(0, source.size);
  const fileSha256 = sha256Hex(bytes);
  try {
    const file = readNifti(bytes, path);
    const geometry = niftiGeometry(file.header, niftiSpacing, path);
    const dataSetSha256 = sha256Hex(file.bytes);
    return {
      ...{ path, kind: "nifti", sizeBytes: source.size, fileSha256, dataSetSha256 },
      header: headerOf(file, geometry, { path, dataSetSha256 }),
      ...(geometry.overruledMm === undefined
        ? {}
        : {
            repairs: [
              {
                code: "spacing-from-pixdim",
                details: { affineMm: [...geometry.overruledMm], pixdimMm: [...file.header.pixdimMm] },
              },
            ],
          }),
    };
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    const details = { ...error.details, field: error.field, received: String(error.received ?? "") };
    return {
      ...{ path, sizeBytes: source.size, fileSha256 },
      reason: { code: "unreadable", errorCode: error.code, details },
    };
  }
}

function headerOf(
  { header }: NiftiFile,
  geometry: NiftiGeometry,
  { path, dataSetSha256 }: { readonly path: string; readonly dataSetSha256: string },
): InstanceHeader {
  const bits = 8 * (niftiTypes.get(header.datatype) ?? 1);
  return {
    transferSyntaxUid: "",
    sopClassUid: "",
    sopInstanceUid: derivedUid(`nifti ${dataSetSha256}`),
    studyInstanceUid: "",
    seriesInstanceUid: derivedUid(`nifti series ${dataSetSha256}`),
    modality: "",
    seriesDescription: path.split(/[/\\]/).at(-1) ?? path,
    imageType: [],
    rows: header.rows,
    columns: header.columns,
    numberOfFrames: header.slices * header.volumes,
    samplesPerPixel: 1,
    photometricInterpretation: "MONOCHROME2",
    bitsAllocated: bits,
    bitsStored: bits,
    isSigned: signedTypes.has(header.datatype),
    hasPixelData: true,
    frames: framesOf(header, geometry),
  };
}

function framesOf(header: NiftiFile["header"], geometry: NiftiGeometry): FrameHeader[] {
  const { originLpsMm: o, sliceStepLpsMm: step, rowDirection: u, columnDirection: v } = geometry;
  const [dx, dy, dz] = step;
  return Array.from({ length: header.slices * header.volumes }, (_, frameIndex) => {
    const k = frameIndex % header.slices;
    const volume = Math.floor(frameIndex / header.slices);
    return {
      frameIndex,
      positionLpsMm: [o[0] + k * dx, o[1] + k * dy, o[2] + k * dz],
      orientation: [u[0], u[1], u[2], v[0], v[1], v[2]],
      pixelSpacingMm: geometry.pixelSpacingMm,
      sliceThicknessMm: Math.sqrt(dx * dx + dy * dy + dz * dz),
      rescaleSlope: header.slope,
      rescaleIntercept: header.intercept,
      ...(header.volumes > 1 && header.volumeStepMs !== null ? { volumeTimeMs: volume * header.volumeStepMs } : {}),
      axes: header.volumes > 1 ? { temporalPositionIndex: volume + 1 } : {},
    };
  });
}
