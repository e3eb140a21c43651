import type { ReactNode } from "react";
import type { ActionName } from "./hotkeys.ts";

/** A drawing of 16 × 16 in the colour of the text around it. */
function icon(path: string): ReactNode {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
    >
      <path d={path} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** What stands on the buttons of the toolbar. */
export const toolIcons: Readonly<Partial<Record<ActionName, ReactNode>>> = {
  windowTool: icon("M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12M8 5h3.5M8 8h6M8 11h3.5"),
  scrollTool: icon("M8 2v12M5 5l3-3 3 3M5 11l3 3 3-3"),
  panTool: icon("M8 1.5v13M1.5 8h13M6 3.5l2-2 2 2M6 12.500l2 2 2-2M3.500 6l-2 2 2 2M12.500 6l2 2-2 2"),
  zoomTool: icon("M7 2.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9M10.300 10.300L14 14M5 7h4M7 5v4"),
  lengthTool: icon("M2 14L14 2M1 11.500L4.500 15M11.500 1L15 4.500"),
  angleTool: icon("M14 13H2L11 3M6.500 13a5 5 0 0 0-1.300-3.500"),
  ellipseTool: icon("M8 3.500c3.600 0 6 2 6 4.500s-2.400 4.500-6 4.500-6-2-6-4.500 2.400-4.500 6-4.500z"),
  rectangleTool: icon("M2 4h12v8H2z"),
  rotateLeft: icon("M3 7a5.500 5.500 0 1 1 1 5M3 2.500V7h4.500"),
  rotateRight: icon("M13 7a5.500 5.500 0 1 0-1 5M13 2.500V7H8.500"),
  flipHorizontal: icon("M8 1.500v13M6 4L1.500 12H6zM10 4l4.500 8H10z"),
  flipVertical: icon("M1.500 8h13M4 6l8-4.500V6zM4 10l8 4.500V10z"),
  invert: icon("M2.500 2.500h11v11h-11zM2.500 13.500l11-11M5 6h2.500M9 11h2.500M10.250 9.750v2.500"),
  reset: icon("M8 3a5 5 0 1 1-4.600 3M3 2v4h4M8 6.500v3"),
  undo: icon("M5.500 3L2 6.500 5.500 10M2 6.500h7.500a4 4 0 0 1 0 8H7"),
  redo: icon("M10.500 3L14 6.500 10.500 10M14 6.500H6.500a4 4 0 0 0 0 8H9"),
  cine: icon("M4.500 2.500l8.500 5.500-8.500 5.500z"),
  link: icon("M6.5 9.5l3-3M7 5l1.500-1.500a2.800 2.800 0 0 1 4 4L11 9M9 11l-1.500 1.500a2.800 2.800 0 0 1-4-4L5 7"),
  planes: icon("M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM11.500 9v5M9 11.500h5"),
};
