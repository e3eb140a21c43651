import type { Picture } from "../picture/picture.ts";

/** The unit of a picture's values as it is written: HU of CT, else what RescaleType says; empty where nobody says. */
export function valueUnitOf({ header, frame }: Pick<Picture, "header" | "frame">): string {
  const said = frame.rescaleType;
  if (said === "US" || said === undefined) return header.modality === "CT" ? "HU" : "";
  return said;
}
