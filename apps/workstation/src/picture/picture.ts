import type { DataSet, FrameHeader, InstanceHeader } from "@etalon/dicom";
import type { PatientOrientation } from "./patient-orientation.ts";
import type { Plane } from "./plane.ts";
import type { UltrasoundRegion } from "./ultrasound-region.ts";

/** One frame as the reading room shows it: what is known before its pixels are there. */
export interface Picture {
  /** "<SOP Instance UID>/<frame number>". */
  readonly id: string;
  readonly header: InstanceHeader;
  readonly frame: FrameHeader;
  /** Address of its stored bytes, relative to the server. */
  readonly path: string;
  /** The attributes of group 0028, which decoding needs. */
  readonly pixelModule: DataSet;
  /** Addresses of colour tables that the server kept out of the metadata, by tag. */
  readonly tableUrls: Readonly<Record<string, string>>;
  readonly plane: Plane;
  /** Said in letters, also where the plane has no place in the patient. */
  readonly patientOrientation: PatientOrientation | undefined;
  readonly regions: readonly UltrasoundRegion[];
  /** What the object asks to be shown with, in the unit of its values. */
  readonly window: Window | undefined;
  /** Images a second that the object asks to be shown at. */
  readonly framesPerSecond: number | undefined;
}

/** The values that are drawn from black to white. */
export interface Window {
  readonly center: number;
  readonly width: number;
}

/** A picture's values once decoded: rescaled where it is grey, RGB interleaved where it is coloured. */
export interface DecodedPicture {
  readonly values: PictureValues;
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: 1 | 3;
  readonly min: number;
  readonly max: number;
}

/** Arrays that the viewer draws. */
export type PictureValues = Uint8Array | Uint16Array | Int16Array | Float32Array;
