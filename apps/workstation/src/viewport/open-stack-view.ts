import { Enums, StackViewport } from "@cornerstonejs/core";
import type { Picture } from "../picture/picture.ts";
import { hurry, imageIdOf, knowPictures } from "./picture-store.ts";
import { openRendering, viewOf } from "./rendering.ts";
import type { StackView } from "./view.ts";

/**
 * Shows a stack of pictures in an element, the one at `index` first.
 *
 * @param onDrawn called after each drawing
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
  engine.enableElement({ viewportId, element, type: Enums.ViewportType.STACK });
  const viewport = engine.getViewport(viewportId);
  if (!(viewport instanceof StackViewport)) throw new Error("the viewer has no stack");
  const view = viewOf(viewport, { engine, viewportId, onDrawn });
  const hurryTo = (at: number): void => {
    const picture = pictures[at];
    if (picture !== undefined) hurry(picture);
  };
  hurryTo(index);
  await viewport.setStack(pictures.map(imageIdOf), index);
  viewport.render();
  return {
    ...view,
    goTo: async (at) => {
      hurryTo(at);
      await viewport.setImageIdIndex(at);
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
