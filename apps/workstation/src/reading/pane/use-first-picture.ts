import { useEffect, useState } from "react";
import type { DecodedPicture, Picture } from "../../picture/picture.ts";
import { fittedState } from "../../viewport/fitted-state.ts";
import { loadNow } from "../../viewport/picture-store.ts";
import { shownWindow } from "../../viewport/shown-window.ts";
import type { ViewState } from "../../viewport/view.ts";
import { rangeOfWindow } from "../window-presets.ts";

/** A picture that the page itself draws. */
export interface FirstPicture {
  readonly picture: Picture;
  readonly decoded: DecodedPicture;
  readonly drawn: ViewState;
}

/** What a pane shows before its viewer has started: the picture at its index, as soon as that is decoded. */
export function useFirstPicture(
  element: { readonly current: HTMLElement | null },
  picture: Picture | undefined,
): FirstPicture | undefined {
  const [there, setThere] = useState<Pick<FirstPicture, "picture" | "decoded">>();
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
  const { current } = element;
  if (picture === undefined || there === undefined || current === null) return undefined;
  const { header, plane, id } = there.picture;
  const size = { widthPx: current.clientWidth, heightPx: current.clientHeight };
  const range = header.samplesPerPixel === 3 ? undefined : rangeOfWindow(shownWindow(there.picture, there.decoded));
  const { rows, columns } = there.decoded;
  return { ...there, drawn: fittedState({ id, rows, columns, plane }, size, range) };
}
