import type { ReactNode } from "react";
import type { Window } from "../../picture/picture.ts";
import { dot, normalOf } from "../../picture/plane.ts";
import { dicomDate, numberText } from "../../text/dicom-text.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { loadedPicture } from "../../viewport/picture-store.ts";
import type { ViewState } from "../../viewport/view.ts";
import { axisTexts, coordinateText } from "../axis-texts.ts";
import type { PictureStack } from "../picture-stacks.ts";
import styles from "../reading.module.css";
import { useRoomContext } from "../room-context.ts";
import { roomTexts } from "../room-texts.ts";
import { placeOf, sliceCount } from "../stack-place.ts";
import { windowOfRange } from "../window-presets.ts";

interface Props {
  readonly stack: PictureStack;
  readonly index: number;
  readonly drawn: ViewState;
}

/** What is written in the four corners: who, what, which image, how it is shown. */
export function CornerTexts({ stack, index, drawn }: Props): ReactNode {
  const { open, prior } = useRoomContext();
  const { language } = useLanguage();
  const texts = useTexts(roomTexts);
  const names = useTexts(axisTexts);
  const isPrior = stack.studyInstanceUid !== open.study?.studyInstanceUid;
  const study = isPrior ? prior.open?.study : open.study;
  const picture = stack.pictures[index];
  if (picture === undefined) return null;
  const { header, frame, plane } = picture;
  const number = (value: number, digits = 0): string => numberText(value, language, digits);
  const window = drawn.range === undefined ? undefined : windowOfRange(drawn.range);
  const slices = sliceCount(stack);
  const { slice, points } = placeOf(stack, index);
  const isGrey = loadedPicture(picture)?.samplesPerPixel === 1;
  return (
    <>
      <Corner
        place="top-left"
        lines={[study?.patientName, study?.patientId, dicomDate(study?.birthDate ?? "", language)]}
      />
      <Corner
        place="top-right"
        lines={[
          study?.description,
          [isPrior ? texts.prior : "", dicomDate(study?.date ?? "", language)].filter(Boolean).join(" · "),
          [header.seriesNumber, header.seriesDescription].filter(Boolean).join(" · "),
        ]}
      />
      <Corner
        place="bottom-left"
        lines={[
          stack.axes.length === 0 || slices === 1
            ? texts.image(index + 1, stack.pictures.length)
            : texts.slice(slice + 1, slices),
          ...stack.axes.map((axis, at) =>
            slices === 1 && axis.name === "frame"
              ? undefined
              : `${names[axis.name]} ${coordinateText(axis, points[at] ?? 0, language)}`,
          ),
          plane.hasOrientation ? texts.position(number(dot(plane.originLpsMm, normalOf(plane)), 1)) : undefined,
          frame.sliceThicknessMm === undefined ? undefined : texts.thickness(number(frame.sliceThicknessMm, 1)),
        ]}
      />
      <Corner
        place="bottom-right"
        lines={[
          window === undefined || !isGrey
            ? undefined
            : texts.windowValues(number(window.center, digitsOf(window)), number(window.width, digitsOf(window))),
          texts.zoomValue(number(100 * drawn.zoom)),
        ]}
      />
    </>
  );
}

/** Lines in one corner. */
export function Corner({
  place,
  lines,
}: {
  readonly place: string;
  readonly lines: readonly (string | undefined)[];
}): ReactNode {
  return (
    <div className={styles.corner} data-place={place} data-testid={`corner-${place}`}>
      {lines
        .filter((line) => line !== undefined && line !== "")
        .map((line) => (
          <div key={line}>{line}</div>
        ))}
    </div>
  );
}

/** Digits after the point that tell a narrow window apart: two of its width. */
function digitsOf({ width }: Window): number {
  return width >= 10 || width <= 0 ? 0 : Math.min(6, 1 - Math.floor(Math.log10(width)));
}
