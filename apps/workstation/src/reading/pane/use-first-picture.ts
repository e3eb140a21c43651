import { useEffect, useMemo, useState } from "react";
import type { DecodedPicture, Picture } from "../../picture/picture.ts";
import { fittedState } from "../../viewport/fitted-state.ts";
import { loadNow } from "../../viewport/picture-store.ts";
import { shownWindow } from "../../viewport/shown-window.ts";
import type { StackView, ValueRange, ViewState } from "../../viewport/view.ts";
import { rangeOfWindow } from "../window-presets.ts";

/** A picture that the page itself draws. */
export interface FirstPicture {
  readonly picture: Picture;
  readonly decoded: DecodedPicture;
  readonly drawn: ViewState;
  /** Its window can be set; it stays whole, as it lies. */
  readonly view: StackView;
}

interface Shown {
  /** What a pane shows before its viewer has started; absent while its picture is under way. */
  readonly first: FirstPicture | undefined;
  /** The window that the reader chose there. */
  readonly chosen: ValueRange | undefined;
}

/**
 * The picture at a pane's index, as soon as that is decoded: the viewer starts behind it.
 *
 * @param picture absent when the viewer has started
 * @param stackId the window that was chosen belongs to one stack
 */
export function useFirstPicture(
  element: { readonly current: HTMLElement | null },
  picture: Picture | undefined,
  stackId: string | undefined,
): Shown {
  const [there, setThere] = useState<Pick<FirstPicture, "picture" | "decoded">>();
  const [choice, setChoice] = useState<{ readonly stackId: string | undefined; readonly range: ValueRange }>();
  useEffect(() => {
    if (picture === undefined) return;
    let isLatest = true;
    loadNow(picture).then(
      (decoded) => isLatest && setThere({ picture, decoded }),
      // The viewer asks for the same and says what is wrong.
      () => {},
    );
    return () => {
      isLatest = false;
    };
  }, [picture]);
  const chosen = choice !== undefined && choice.stackId === stackId ? choice.range : undefined;
  const { current } = element;
  const drawn =
    picture === undefined || there === undefined || current === null ? undefined : stateOf(current, there, chosen);
  const view = useMemo(() => firstView((range) => setChoice({ stackId, range })), [stackId]);
  const first =
    drawn === undefined || there === undefined
      ? undefined
      : { ...there, drawn, view: { ...view, state: (): ViewState => drawn } };
  return { first, chosen };
}

function stateOf(
  { clientWidth, clientHeight }: HTMLElement,
  { picture, decoded }: Pick<FirstPicture, "picture" | "decoded">,
  chosen: ValueRange | undefined,
): ViewState {
  const { rows, columns, samplesPerPixel } = decoded;
  const own = samplesPerPixel === 3 ? undefined : rangeOfWindow(shownWindow(picture, decoded));
  const size = { widthPx: clientWidth, heightPx: clientHeight };
  return fittedState({ id: picture.id, rows, columns, plane: picture.plane }, size, own && (chosen ?? own));
}

function firstView(setRange: (range: ValueRange) => void): Omit<StackView, "state"> {
  const nothing = (): void => {};
  return {
    ...{ setRange, panBy: nothing, zoomBy: nothing, fit: nothing, resize: nothing, destroy: nothing },
    ...{ goTo: async () => {}, turn: nothing, flip: nothing, invert: nothing, reset: nothing },
  };
}
