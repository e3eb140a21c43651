import { EtalonError } from "@etalon/base";
import { queryText } from "../selector-of.ts";

/** A window in modality units (PS3.3 C.11.2.1.2), as the viewer or the image sets it. */
export interface DisplayWindow {
  readonly center: number;
  /** LINEAR ≥ 1, others > 0. */
  readonly width: number;
  readonly shape: "LINEAR" | "LINEAR_EXACT" | "SIGMOID";
}

/** The size of the picture, and the part of the image that it shows (PS3.18 section 8.3.5.1.3). */
export interface Viewport {
  /** Pixels; the picture fits within, its sides in the proportion of what it shows. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the image; all of it where absent. A negative width or height mirrors. */
  readonly source?: { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number };
}

/** How to draw. */
export interface RenderQuery {
  readonly window?: DisplayWindow;
  readonly viewport?: Viewport;
  /** 1 to 100, of JPEG. */
  readonly quality: number;
  /** Parameters that change nothing here. */
  readonly ignored: readonly string[];
}

const defaultQuality = 90;
/** Longest side of a picture that is drawn larger than its image. */
const longestSide = 8192;

/**
 * The rendering parameters of a URL (PS3.18 section 8.3.5): `window`, `viewport`, `quality`. Annotations and colour profiles
 * are not drawn.
 *
 * @throws EtalonError `request-malformed`
 */
export function parseRenderQuery(query: unknown): RenderQuery {
  const text = (name: string): string | undefined => queryText(query, name);
  const window = text("window");
  const viewport = text("viewport");
  const profile = text("iccprofile")?.toLowerCase();
  return {
    ...(window === undefined ? {} : { window: parseWindow(window) }),
    ...(viewport === undefined ? {} : { viewport: parseViewport(viewport) }),
    quality: parseQuality(text("quality")),
    ignored: [
      ...(text("annotation") === undefined ? [] : ["annotation"]),
      ...(profile === undefined || profile === "no" ? [] : ["iccprofile"]),
    ],
  };
}

function parseWindow(text: string): DisplayWindow {
  const [center = "", width = "", shape = "linear", ...others] = text.split(",");
  const name = shape.trim().toUpperCase().replace("-", "_");
  const window = { center: numberOf(center), width: numberOf(width) };
  const isShape = name === "LINEAR" || name === "LINEAR_EXACT" || name === "SIGMOID";
  const isWide = name === "LINEAR" ? window.width >= 1 : window.width > 0;
  if (others.length > 0 || !isShape || !isWide || !Number.isFinite(window.center + window.width)) {
    throw malformed("window", text, "center,width,function: function linear, linear-exact or sigmoid, width ≥ 1");
  }
  return { ...window, shape: name };
}

function parseViewport(text: string): Viewport {
  const expected = `vw,vh[,sx,sy,sw,sh]: vw and vh from 1 to ${longestSide}`;
  const pieces = text.split(",").map((piece) => piece.trim());
  const [vw = "", vh = "", sx = "", sy = "", sw = "", sh = ""] = pieces;
  const [width, height] = [numberOf(vw), numberOf(vh)];
  const isSide = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= longestSide;
  const source = [sx, sy, sw, sh].map((piece) => (piece === "" ? undefined : numberOf(piece)));
  const isSource = source.every((value) => value === undefined || (Number.isFinite(value) && Math.abs(value) < 1e6));
  const [x = 0, y = 0, sourceWidth, sourceHeight] = source;
  const isEmpty = sourceWidth === 0 || sourceHeight === 0 || x < 0 || y < 0;
  if (pieces.length < 2 || pieces.length > 6 || !isSide(width) || !isSide(height) || !isSource || isEmpty) {
    throw malformed("viewport", text, expected);
  }
  if (pieces.length === 2) return { width, height };
  return {
    width,
    height,
    source: {
      x,
      y,
      ...(sourceWidth === undefined ? {} : { width: sourceWidth }),
      ...(sourceHeight === undefined ? {} : { height: sourceHeight }),
    },
  };
}

function parseQuality(text: string | undefined): number {
  if (text === undefined) return defaultQuality;
  const quality = numberOf(text);
  if (Number.isInteger(quality) && quality >= 1 && quality <= 100) return quality;
  throw malformed("quality", text, "1..100");
}

function numberOf(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
}

function malformed(field: string, text: string, expected: string): EtalonError {
  return new EtalonError("request-malformed", { field, received: text.slice(0, 60), details: { expected } });
}
