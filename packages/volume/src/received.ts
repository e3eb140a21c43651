import type { InstanceHeader } from "@etalon/dicom";
import type { UnplacedReason } from "./ledger.ts";

/** A DICOM object that was read. */
export interface ReceivedInstance {
  /** Path as given by the user, with "archive.zip!entry" for ZIP entries. */
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes received, 64 lower-case hexadecimal digits. */
  readonly fileSha256: string;
  /** SHA-256 of everything after group 0002, 64 lower-case hexadecimal digits. */
  readonly dataSetSha256: string;
  readonly header: InstanceHeader;
}

/** Something that is no DICOM object or could not be read, with the reason. */
export interface ReceivedOther {
  readonly path: string;
  readonly sizeBytes: number;
  readonly reason: UnplacedReason;
  readonly fileSha256?: string;
}

/**
 * Which data set to take where several share one SOP Instance UID: UID → SHA-256 of the data set, or its first 8 or more
 * hexadecimal digits where they name only one.
 */
export type VersionChoices = ReadonlyMap<string, string>;
