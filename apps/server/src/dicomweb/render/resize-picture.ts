import type { JpegPicture } from "@etalon/dicom";
import type { Viewport } from "./render-query.ts";

/** An 8-bit picture, grey or RGB. */
export type Picture = JpegPicture;

/**
 * The part of a picture that a viewport shows, as large as fits within it. Smaller ones are averaged over the area of each
 * new pixel, larger ones interpolated between the centres of the old ones. What lies outside the picture is left out.
 */
export function fitViewport(picture: Picture, viewport: Viewport): Picture {
  const { source } = viewport;
  const x = clampedSpan(source?.x ?? 0, source?.width ?? picture.width, picture.width);
  const y = clampedSpan(source?.y ?? 0, source?.height ?? picture.height, picture.height);
  const scale = Math.min(viewport.width / x.length, viewport.height / y.length);
  const width = Math.max(1, Math.round(x.length * scale));
  const height = Math.max(1, Math.round(y.length * scale));
  const columns = weightsOf(x, width);
  const rows = weightsOf(y, height);
  return { width, height, channels: picture.channels, samples: weighted(picture, columns, rows) };
}

interface Span {
  readonly start: number;
  readonly length: number;
  readonly isMirrored: boolean;
}

function clampedSpan(start: number, length: number, size: number): Span {
  const first = Math.min(size - 1, Math.max(0, Math.floor(start)));
  const extent = Math.min(size - first, Math.max(1, Math.round(Math.abs(length))));
  return { start: first, length: extent, isMirrored: length < 0 };
}

/** What each new pixel is made of: the first old one, and the weights from there on, which add up to 1. */
interface Weights {
  readonly first: number;
  readonly shares: readonly number[];
}

function weightsOf({ start, length, isMirrored }: Span, count: number): readonly Weights[] {
  const step = length / count;
  const weights = Array.from({ length: count }, (_, index) =>
    step > 1 ? areaWeights(index * step, (index + 1) * step) : pointWeights((index + 0.5) * step - 0.5, length),
  ).map(({ first, shares }) => ({ first: first + start, shares }));
  return isMirrored ? weights.reverse() : weights;
}

function areaWeights(from: number, to: number): Weights {
  const first = Math.floor(from + 1e-9);
  const last = Math.ceil(to - 1e-9);
  const shares = Array.from({ length: last - first }, (_, index) => {
    const pixel = first + index;
    return (Math.min(to, pixel + 1) - Math.max(from, pixel)) / (to - from);
  });
  return { first, shares };
}

function pointWeights(at: number, length: number): Weights {
  const inside = Math.min(length - 1, Math.max(0, at));
  const first = Math.min(length - 1, Math.floor(inside));
  const share = inside - first;
  return share === 0 ? { first, shares: [1] } : { first, shares: [1 - share, share] };
}

function weighted(picture: Picture, columns: readonly Weights[], rows: readonly Weights[]): Uint8Array {
  const { width, channels, samples } = picture;
  const line = new Float64Array(width * channels);
  const result = new Uint8Array(columns.length * rows.length * channels);
  rows.forEach(({ first, shares }, y) => {
    line.fill(0);
    shares.forEach((share, index) => {
      const offset = (first + index) * width * channels;
      for (let at = 0; at < line.length; at++) line[at] = (line[at] ?? 0) + share * (samples[offset + at] ?? 0);
    });
    columns.forEach((column, x) => {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let index = 0; index < column.shares.length; index++)
          sum += (column.shares[index] ?? 0) * (line[(column.first + index) * channels + channel] ?? 0);
        result[(y * columns.length + x) * channels + channel] = Math.round(sum);
      }
    });
  });
  return result;
}
