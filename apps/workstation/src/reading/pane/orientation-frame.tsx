import type { ReactNode } from "react";
import { orientationLetters } from "../../picture/orientation-letters.ts";
import type { Lps, Plane } from "../../picture/plane.ts";
import { numberText } from "../../text/dicom-text.ts";
import { useLanguage } from "../../text/language.tsx";
import type { ViewState } from "../../viewport/view.ts";
import styles from "../reading.module.css";
import { scaleBar } from "./scale-bar.ts";

/** The patient's directions at the four sides, and a scale where the picture is calibrated. */
export function OrientationFrame({
  plane,
  drawn,
}: {
  readonly plane: Pick<Plane, "hasOrientation" | "hasSpacing">;
  readonly drawn: ViewState;
}): ReactNode {
  const { language } = useLanguage();
  const { right, down } = drawn;
  const letters = plane.hasOrientation
    ? ([
        ["right", right],
        ["left", opposite(right)],
        ["bottom", down],
        ["top", opposite(down)],
      ] as const)
    : [];
  const bar = plane.hasSpacing ? scaleBar(pxPerMm(drawn), drawn.heightPx * 0.4) : undefined;
  return (
    <>
      {letters.map(([side, way]) => (
        <span key={side} className={styles.letter} data-side={side}>
          {orientationLetters(way)}
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

function opposite([x, y, z]: Lps): Lps {
  return [-x, -y, -z];
}

/** CSS pixels that one millimetre to the right takes. */
function pxPerMm({ toCanvas, toLps, right }: ViewState): number {
  const from = toLps([0, 0]);
  const [x, y] = toCanvas([from[0] + right[0] * 100, from[1] + right[1] * 100, from[2] + right[2] * 100]);
  return Math.hypot(x, y) / 100;
}
