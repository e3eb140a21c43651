import { EtalonError } from "@etalon/base";
import { type ByteSource, bytesSource } from "@etalon/dicom";
import { arrayAsNifti, type NumericArray, readAnalyze, readMat } from "@etalon/inputs";
import type { FileOpener } from "./file-source.ts";
import type { Readable } from "./readable.ts";

/** What the third of three axes of an array counts. */
export type ThirdAxis = "slices" | "time";

/** Seconds between two points are a scalar of this name in a MAT-file (QPerf's). */
const timeStepName = "deltaT";

/** No research file of arrays is longer, bytes. */
const longestFile = 1024 * 1024 * 1024;

/**
 * The arrays of a level 5 MAT-file, "perf.mat!data" and so on, each as a NIfTI file; a scalar `deltaT` is their time step.
 * A file that cannot be read is itself in the list, to fail when it is opened.
 */
export async function listMat(path: string, openFile: FileOpener, thirdAxis: ThirdAxis): Promise<Readable[]> {
  try {
    const arrays = readMat(await readWhole(await openFile(path), path), path);
    const timeStepS = arrays.find(({ name, values }) => name === timeStepName && values.length === 1)?.values[0];
    const step = timeStepS !== undefined && timeStepS > 0 && Number.isFinite(timeStepS) ? { timeStepS } : {};
    return arrays.flatMap((array) =>
      array.values.length === 1 ? [] : [asReadable(`${path}!${array.name}`, array, { thirdAxis, ...step })],
    );
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    return [{ path, open: () => Promise.reject(error) }];
  }
}

/** An Analyze 7.5 image, by its header; the voxels lie in the `.img` file beside it. */
export function analyzeImage(path: string, openFile: FileOpener, thirdAxis: ThirdAxis): Readable {
  const open = async (): Promise<ByteSource> => {
    const header = await readWhole(await openFile(path), path);
    const imagePath = path.replace(/hdr$/, "img").replace(/HDR$/, "IMG");
    const image = await readWhole(await openFile(imagePath), imagePath);
    return asReadable(path, readAnalyze(header, image, path), { thirdAxis }).open();
  };
  return { path, open };
}

function asReadable(path: string, array: NumericArray, meaning: Parameters<typeof arrayAsNifti>[1]): Readable {
  return { path, open: () => Promise.resolve(bytesSource(path, arrayAsNifti(array, meaning))) };
}

function readWhole(source: ByteSource, path: string): Promise<Uint8Array> {
  if (source.size <= longestFile) return source.read(0, source.size);
  throw new EtalonError("array-malformed", { field: "size", received: source.size, details: { file: path } });
}
