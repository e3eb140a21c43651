import type { InstanceHeader } from "@etalon/dicom";
import type { SideFile } from "@etalon/inputs";
import type { LedgerNote, UnplacedReason } from "./ledger.ts";

/** A DICOM object that was read, or a research file that was made to say the same of itself. */
export interface ReceivedInstance {
  /** What kind of file it is; DICOM when absent. */
  readonly kind?: "nifti";
  /** Path as given by the user, with "archive.zip!entry" for ZIP entries. */
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes received, 64 lower-case hexadecimal digits. */
  readonly fileSha256: string;
  /** SHA-256 of everything after group 0002; of a NIfTI file, of its decompressed bytes. 64 lower-case hexadecimal digits. */
  readonly dataSetSha256: string;
  readonly header: InstanceHeader;
  /** What was mended while it was read. */
  readonly repairs?: readonly Pick<LedgerNote, "code" | "details">[];
}

/** Something that is no DICOM object or could not be read, with the reason. */
export interface ReceivedOther {
  readonly path: string;
  readonly sizeBytes: number;
  readonly reason: UnplacedReason;
  readonly fileSha256?: string;
  /** What it says of the NIfTI file that it lies beside. */
  readonly sideFile?: SideFile;
}

/**
 * Which data set to take where several share one SOP Instance UID: UID → SHA-256 of the data set, or its first 8 or more
 * hexadecimal digits where they name only one.
 */
export type VersionChoices = ReadonlyMap<string, string>;
