/** Of the element that holds the picture. */
export const frameId = "early-picture";

/** Takes the picture away that stood there before the page did. */
export function removeEarlyPicture(): void {
  document.getElementById(frameId)?.remove();
}
