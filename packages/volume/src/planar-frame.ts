import type { FrameHeader, InstanceHeader } from "@etalon/dicom";
import type { StackInstance } from "./ledger.ts";
import { dot, type Vector3 } from "./vector3.ts";

/** A frame header that says where its plane lies. */
export type PlanarHeader = FrameHeader &
  Required<Pick<FrameHeader, "positionLpsMm" | "orientation" | "pixelSpacingMm">>;

/** A frame on its way into a stack. */
export interface PlanarFrame {
  readonly instance: StackInstance;
  readonly header: PlanarHeader;
}

/**
 * How far the direction cosines may be from unit length and from a right angle. PS3.3 C.7.6.2.1.1 asks for orthonormal
 * vectors; files round them to as few as three digits.
 */
const orthonormalTolerance = 0.01;

/** Whether an object holds image frames that can be read. */
export function isImage(header: InstanceHeader): boolean {
  return header.hasPixelData && header.rows > 0 && header.columns > 0 && header.frames.length > 0;
}

/** Whether a frame says where its plane lies: a finite position, perpendicular unit directions, positive spacing. */
export function isPlanar(frame: FrameHeader): frame is PlanarHeader {
  const { positionLpsMm, orientation, pixelSpacingMm } = frame;
  if (positionLpsMm === undefined || orientation === undefined || pixelSpacingMm === undefined) return false;
  if (!positionLpsMm.every(Number.isFinite) || !orientation.every(Number.isFinite)) return false;
  if (!pixelSpacingMm.every((mm) => Number.isFinite(mm) && mm > 0)) return false;
  const row = rowDirectionOf(orientation);
  const column = columnDirectionOf(orientation);
  return (
    Math.abs(dot(row, row) - 1) <= 2 * orthonormalTolerance &&
    Math.abs(dot(column, column) - 1) <= 2 * orthonormalTolerance &&
    Math.abs(dot(row, column)) <= orthonormalTolerance
  );
}

/** Direction of increasing column, as the file says it. */
export function rowDirectionOf(orientation: PlanarHeader["orientation"]): Vector3 {
  return [orientation[0], orientation[1], orientation[2]];
}

/** Direction of increasing row, as the file says it. */
export function columnDirectionOf(orientation: PlanarHeader["orientation"]): Vector3 {
  return [orientation[3], orientation[4], orientation[5]];
}
