import type { Lps } from "../picture/plane.ts";

/** A point of a view, CSS pixels from its top left. */
export type CanvasPoint = readonly [x: number, y: number];

/** Values drawn black and white. */
export interface ValueRange {
  readonly lower: number;
  readonly upper: number;
}

/** What a view shows, as its overlay needs it. */
export interface ViewState {
  readonly range: ValueRange | undefined;
  /** 1 where the whole picture fits. */
  readonly zoom: number;
  /** Unit vectors that point right and down on the screen, patient LPS. */
  readonly right: Lps;
  readonly down: Lps;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Where a point of the patient is drawn, CSS pixels. */
  readonly toCanvas: (lpsMm: Lps) => CanvasPoint;
  readonly toLps: (point: CanvasPoint) => Lps;
  /** Which picture of a stack is on the screen: not the one asked for while that is under way. */
  readonly pictureId?: string;
}

/** What all views can: one picture of a stack, one plane through a volume. */
export interface View {
  /** Absent until something was drawn. */
  readonly state: () => ViewState | undefined;
  readonly setRange: (range: ValueRange) => void;
  readonly panBy: (x: number, y: number) => void;
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
  readonly destroy: () => void;
}

/** A view of a stack of pictures. */
export interface StackView extends View {
  readonly goTo: (index: number) => Promise<void>;
  readonly turn: (degrees: number) => void;
  readonly flip: (axis: "horizontal" | "vertical") => void;
  readonly invert: () => void;
  readonly reset: () => void;
}
