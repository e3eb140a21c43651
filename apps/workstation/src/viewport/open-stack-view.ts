import { Enums, StackViewport } from "@cornerstonejs/core";
import type { Picture } from "../picture/picture.ts";
import { imageIdOf, knowPictures, pictureIdOf } from "./cornerstone-pictures.ts";
import { loadNow } from "./picture-store.ts";
import { openRendering, viewOf } from "./rendering.ts";
import type { StackView } from "./view.ts";

/**
 * Shows a stack of pictures in an element, the one at `index` first.
 *
 * @param onDrawn called after each drawing
 * @throws what the picture's bytes are refused for, `offline` where nothing answers
 */
export async function openStackView(
  element: HTMLDivElement,
  {
    pictures,
    index,
    onDrawn,
  }: { readonly pictures: readonly Picture[]; readonly index: number; readonly onDrawn: () => void },
): Promise<StackView> {
  const { engine, viewportId } = openRendering();
  knowPictures(pictures);
  const load = async (at: number): Promise<void> => {
    const picture = pictures[at];
    if (picture !== undefined) await loadNow(picture);
  };
  await load(index);
  engine.enableElement({ viewportId, element, type: Enums.ViewportType.STACK });
  const viewport = engine.getViewport(viewportId);
  if (!(viewport instanceof StackViewport)) throw new Error("the viewer has no stack");
  const view = viewOf(viewport, { engine, viewportId, onDrawn });
  let wanted = index;
  let isOver = false;
  await viewport.setStack(pictures.map(imageIdOf), index);
  viewport.render();
  return {
    ...view,
    state: () => {
      const state = view.state();
      const shown = viewport.getCornerstoneImage();
      return state === undefined || shown === undefined ? state : { ...state, pictureId: pictureIdOf(shown.imageId) };
    },
    destroy: () => {
      isOver = true;
      view.destroy();
    },
    goTo: async (at) => {
      if (isOver) return;
      wanted = at;
      await load(at);
      if (wanted === at && !isOver) await viewport.setImageIdIndex(at);
    },
    turn: (degrees) => {
      viewport.setViewPresentation({ rotation: (viewport.getRotation() + degrees + 360) % 360 });
      viewport.render();
    },
    flip: (axis) => {
      const { flipHorizontal = false, flipVertical = false } = viewport.getCamera();
      viewport.setCamera(axis === "horizontal" ? { flipHorizontal: !flipHorizontal } : { flipVertical: !flipVertical });
      viewport.render();
    },
    invert: () => {
      viewport.setProperties({ invert: viewport.getProperties().invert !== true });
      viewport.render();
    },
    reset: () => {
      viewport.resetProperties();
      viewport.setViewPresentation({ rotation: 0 });
      viewport.resetCamera();
      viewport.render();
    },
  };
}
