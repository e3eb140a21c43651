import type { ReactNode } from "react";
import { type Sides, saidSidesOf, sidesOf } from "../../picture/orientation-letters.ts";
import type { PatientOrientation } from "../../picture/patient-orientation.ts";
import type { Plane } from "../../picture/plane.ts";
import { numberText } from "../../text/dicom-text.ts";
import { useLanguage } from "../../text/language.tsx";
import type { ViewState } from "../../viewport/view.ts";
import styles from "../reading.module.css";
import { scaleBar } from "./scale-bar.ts";

const sideNames = ["right", "left", "bottom", "top"] as const satisfies readonly (keyof Sides)[];

/** The patient's directions at the four sides, and a scale where the picture is calibrated. */
export function OrientationFrame({
  plane,
  said,
  drawn,
}: {
  /** Absent for a plane through a volume, which lies in the patient. */
  readonly plane?: Plane;
  /** What the picture says of itself in letters: used where its plane has no place in the patient. */
  readonly said?: PatientOrientation | undefined;
  readonly drawn: ViewState;
}): ReactNode {
  const { language } = useLanguage();
  const sides = shownSides(plane, said, drawn);
  const bar = plane?.hasSpacing === false ? undefined : scaleBar(pxPerMm(drawn), drawn.heightPx * 0.4);
  return (
    <>
      {sides === undefined
        ? null
        : sideNames.map((side) => (
            <span key={side} className={styles.letter} data-side={side}>
              {sides[side]}
            </span>
          ))}
      {bar === undefined ? null : (
        <div className={styles.scale} style={{ width: bar.lengthPx }}>
          {bar.lengthMm >= 10
            ? `${numberText(bar.lengthMm / 10, language)} cm`
            : `${numberText(bar.lengthMm, language)} mm`}
        </div>
      )}
    </>
  );
}

function shownSides(
  plane: Plane | undefined,
  said: PatientOrientation | undefined,
  drawn: ViewState,
): Sides | undefined {
  if (plane === undefined || plane.hasOrientation) return sidesOf(drawn);
  return said === undefined ? undefined : saidSidesOf(said, plane, drawn);
}

/** CSS pixels that one millimetre to the right takes. */
function pxPerMm({ toCanvas, toLps, right }: ViewState): number {
  const from = toLps([0, 0]);
  const [x, y] = toCanvas([from[0] + right[0] * 100, from[1] + right[1] * 100, from[2] + right[2] * 100]);
  return Math.hypot(x, y) / 100;
}
