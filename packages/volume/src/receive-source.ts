import { DicomError } from "@etalon/base";
import { type ByteSource, hashObject, readInstanceHeader, readPart10 } from "@etalon/dicom";
import { type ResearchFileOptions, receiveNifti } from "./receive-nifti.ts";
import { receiveSideFile } from "./receive-side-file.ts";
import type { ReceivedInstance, ReceivedOther } from "./received.ts";

/** Anything that was received: an instance, or something else with the reason why it is none. */
export type Received = ReceivedInstance | ReceivedOther;

/** Media Storage Directory Storage (PS3.4 annex B.5): a DICOMDIR. */
const MEDIA_DIRECTORY = "1.2.840.10008.1.3.10";

/**
 * Reads the header of a source and both its hashes; pixel data is hashed and not decoded. What is neither DICOM nor NIfTI,
 * or is broken, is answered with its reason, so that one bad file never stops a folder.
 */
export async function receiveSource(
  path: string,
  source: ByteSource,
  options: ResearchFileOptions = { niftiSpacing: "affine" },
): Promise<Received> {
  try {
    const part10 = await readPart10(source, { until: "pixel-data" });
    if (part10.meta["00020002"]?.Value?.[0] === MEDIA_DIRECTORY) {
      return { path, sizeBytes: source.size, reason: { code: "media-directory" } };
    }
    const header = readInstanceHeader(part10, path);
    return { path, sizeBytes: source.size, ...(await hashObject(source, part10.dataSetOffset)), header };
  } catch (error) {
    if (!(error instanceof DicomError)) throw error;
    const research = error.code === "not-dicom" ? await receiveNifti(path, source, options) : undefined;
    if (research !== undefined) return research;
    const beside = error.code === "not-dicom" ? await receiveSideFile(path, source) : undefined;
    if (beside !== undefined) return beside;
    const code = error.code === "not-dicom" ? "not-dicom" : "unreadable";
    return {
      path,
      sizeBytes: source.size,
      reason: { code, errorCode: error.code, details: { ...error.details, field: error.field } },
    };
  }
}
