import type { DecodedPicture, Picture } from "../picture/picture.ts";
import { picturePixels } from "../picture/picture-pixels.ts";
import { rangeOfWindow, windowOfRange } from "../reading/window-presets.ts";
import { type Drawing, openSurface } from "./drawing-surface.ts";
import { loadedPicture, loadNow } from "./picture-store.ts";
import { matrixOf, type PlacedPicture, placedState, type Size } from "./placed-state.ts";
import { flipped, type Placement, panned, turnedBy, wholePlacement, zoomed } from "./placement.ts";
import { shownWindow } from "./shown-window.ts";
import type { StackView, ValueRange, ViewState } from "./view.ts";

/** A picture that is drawn. */
interface Shown {
  readonly picture: Picture;
  readonly decoded: DecodedPicture;
}

/**
 * Opens a view of a stack of pictures in an element. It draws the picture that it is sent to once that is there.
 *
 * @param onDrawn told what the view shows after each drawing, before that is on the screen
 */
export function openStackView(
  element: HTMLElement,
  { pictures, onDrawn }: { readonly pictures: readonly Picture[]; readonly onDrawn: (state: ViewState) => void },
): StackView {
  let shown: Shown | undefined;
  let wanted: number | undefined;
  let placement: Placement = wholePlacement;
  let chosen: ValueRange | undefined;
  let isInverted = false;
  let state: ViewState | undefined;
  const image = imageKeeper();
  const surface = openSurface(element, {
    draw: (size) => {
      if (shown === undefined) return undefined;
      const range = chosen ?? ownRange(shown);
      state = stateOf(shown, size, { placement, range });
      return { ...image(shown, range, isInverted), matrix: matrixOf(placedPicture(shown), size, placement) };
    },
    onDrawn: () => {
      if (state !== undefined) onDrawn(state);
    },
  });
  const place = (next: Placement): void => {
    placement = next;
    surface.request();
  };
  const show = (picture: Picture, decoded: DecodedPicture): void => {
    shown = { picture, decoded };
    surface.request();
  };
  return {
    state: () => state,
    setRange: (range) => {
      chosen = range;
      surface.request();
    },
    panBy: (x, y) => place(panned(placement, [x, y])),
    zoomBy: (factor) => place(zoomed(placement, factor)),
    fit: () => place({ ...placement, zoom: 1, pan: [0, 0] }),
    turn: (degrees) => place(turnedBy(placement, Math.round(degrees / 90))),
    flip: (axis) => place(flipped(placement, axis)),
    invert: () => {
      isInverted = !isInverted;
      surface.request();
    },
    reset: () => {
      chosen = undefined;
      isInverted = false;
      place(wholePlacement);
    },
    goTo: async (index) => {
      wanted = index;
      const picture = pictures[index];
      if (picture === undefined) return;
      const there = loadedPicture(picture);
      if (there !== undefined) {
        show(picture, there);
        return;
      }
      const decoded = await loadNow(picture);
      if (wanted === index) show(picture, decoded);
    },
    destroy: () => {
      wanted = undefined;
      surface.destroy();
    },
  };
}

function placedPicture({ picture, decoded }: Shown): PlacedPicture {
  return { id: picture.id, rows: decoded.rows, columns: decoded.columns, plane: picture.plane };
}

function stateOf(
  shown: Shown,
  size: Size,
  { placement, range }: { readonly placement: Placement; readonly range: ValueRange },
): ViewState {
  const isGrey = shown.decoded.samplesPerPixel === 1;
  return placedState(placedPicture(shown), size, { placement, range: isGrey ? range : undefined });
}

function ownRange({ picture, decoded }: Shown): ValueRange {
  return rangeOfWindow(shownWindow(picture, decoded));
}

/** Pixels of what is shown, in the same memory as before where they are as many: made anew with the picture and its window. */
function imageKeeper(): (shown: Shown, range: ValueRange, isInverted: boolean) => Omit<Drawing, "matrix"> {
  let kept:
    | { readonly key: string; readonly decoded: DecodedPicture; readonly drawing: Omit<Drawing, "matrix"> }
    | undefined;
  return ({ picture, decoded }, range, isInverted) => {
    const isBrightLow = (picture.header.photometricInterpretation === "MONOCHROME1") !== isInverted;
    const key = [range.lower, range.upper, isBrightLow].join();
    if (kept !== undefined && kept.decoded === decoded && kept.key === key) return kept.drawing;
    const { columns: width, rows: height } = decoded;
    const painting = { window: windowOfRange(range), isInverted: isBrightLow, width, height };
    const before = kept?.drawing.image;
    const pixels = picturePixels(decoded, painting, before?.data);
    const image = before?.data === pixels && before.width === width ? before : new ImageData(pixels, width, height);
    kept = { key, decoded, drawing: { image, stamp: {} } };
    return kept.drawing;
  };
}
