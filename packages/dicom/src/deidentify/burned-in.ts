import { itemsOf, numberOf, textOf, textsOf } from "../attribute-values.ts";
import type { DataSet } from "../data-set.ts";

/** A rectangle of pixels of every frame; rows from the top, columns from the left, from zero. */
export interface PixelRectangle {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** Ultrasound and ultrasound multi-frame, also their retired forms. */
const ultrasound = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(3|3\.1|6|6\.1|6\.2)$/;
const secondaryCapture = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.[1-4])?$/;

/**
 * Why text of a person may stand in the pixels, `undefined` where nothing speaks for it: BurnedInAnnotation YES, or,
 * where the object does not say NO, ultrasound, secondary capture, or an image type that names a screen.
 */
export function burnedInSuspicion(dataSet: DataSet): string | undefined {
  const said = textOf(dataSet, "00280301");
  if (said === "YES") return "BurnedInAnnotation YES";
  if (said === "NO") return undefined;
  const sopClass = textOf(dataSet, "00080016") ?? "";
  if (ultrasound.test(sopClass)) return "ultrasound";
  if (secondaryCapture.test(sopClass) || textOf(dataSet, "00080064") !== undefined) return "secondary capture";
  return textsOf(dataSet, "00080008").some((value) => /SCREEN|REPORT/i.test(value)) ? "screen capture" : undefined;
}

/**
 * Where ultrasound says its picture is: the SequenceOfUltrasoundRegions (0018,6011), corners included (PS3.3 C.8.5.5).
 * None where it says nothing that can be used.
 */
export function ultrasoundRegions(dataSet: DataSet): readonly PixelRectangle[] {
  return itemsOf(dataSet, "00186011").flatMap((item) => {
    const [left, top, right, bottom] = ["00186018", "0018601A", "0018601C", "0018601E"].map((tag) =>
      numberOf(item, tag),
    );
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) return [];
    if (right < left || bottom < top) return [];
    return [{ column: left, row: top, columns: right - left + 1, rows: bottom - top + 1 }];
  });
}
