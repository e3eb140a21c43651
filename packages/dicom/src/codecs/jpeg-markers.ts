/** One colour component of a JPEG frame header (ITU-T T.81 B.2.2). */
export interface JpegComponent {
  readonly id: number;
  readonly horizontalSampling: number;
  readonly verticalSampling: number;
}

/** What a JPEG or JPEG-LS stream says before its first scan's data (ITU-T T.81 annex B, T.87 annex C). */
export interface JpegMarkers {
  /** Second byte of the frame marker: 0xC0 baseline, 0xC1 extended, 0xC3 lossless, 0xF7 JPEG-LS … */
  readonly startOfFrame: number;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: readonly JpegComponent[];
  readonly hasJfif: boolean;
  /** Colour transform of the Adobe APP14 segment: 0 none, 1 YCbCr, 2 YCCK. */
  readonly adobeTransform?: number;
  /** Offsets [start, end) of the JFIF and Adobe segments, in order. */
  readonly colourSegments: readonly (readonly [number, number])[];
}

const markers = { soi: 0xd8, eoi: 0xd9, sos: 0xda, app0: 0xe0, app14: 0xee } as const;

/**
 * Reads the marker segments up to and including the first scan header.
 *
 * @returns a sentence that says what is wrong, when the stream is not JPEG
 */
export function readJpegMarkers(bytes: Uint8Array): JpegMarkers | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0xff00 + markers.soi) return "not a JPEG stream";
  let frame: Pick<JpegMarkers, "startOfFrame" | "precision" | "rows" | "columns" | "components"> | undefined;
  let hasJfif = false;
  let adobeTransform: number | undefined;
  const colourSegments: [number, number][] = [];

  for (let offset = 2; offset + 4 <= bytes.length; ) {
    if (bytes[offset] !== 0xff) return `no marker at byte ${offset}`;
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const length = view.getUint16(offset + 2);
    const end = offset + 2 + length;
    if (length < 2 || end > bytes.length) return `the segment at byte ${offset} runs past the end`;
    const body = bytes.subarray(offset + 4, end);
    if (isStartOfFrame(marker)) {
      frame = frameHeader(marker, body);
      if (frame === undefined) return "malformed frame header";
    } else if (marker === markers.app0 && startsWith(body, "JFIF")) {
      hasJfif = true;
      colourSegments.push([offset, end]);
    } else if (marker === markers.app14 && startsWith(body, "Adobe") && body.length >= 12) {
      adobeTransform = body[11];
      colourSegments.push([offset, end]);
    } else if (marker === markers.sos) {
      const scanComponents = body[0] ?? 0;
      if (frame === undefined || body.length < 4 + 2 * scanComponents) return "malformed scan header";
      return {
        ...frame,
        hasJfif,
        ...(adobeTransform === undefined ? {} : { adobeTransform }),
        colourSegments,
      };
    }
    offset = end;
  }
  return "the stream ends before its first scan";
}

/** Writers fill the last fragment up with zeros, 0xFF or what their buffer held; more than this is no padding. */
const paddingLimit = 64;

/** Whether the stream has its "end of image" marker, with padding at most after it. */
export function endsWithEndOfImage(bytes: Uint8Array): boolean {
  const last = Math.max(2, bytes.length - 2 - paddingLimit);
  for (let at = bytes.length - 2; at >= last; at -= 1)
    if (bytes[at] === 0xff && bytes[at + 1] === markers.eoi) return true;
  return false;
}

function isStartOfFrame(marker: number): boolean {
  const isTableOrReserved = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
  return (marker >= 0xc0 && marker <= 0xcf && !isTableOrReserved) || marker === 0xf7;
}

function frameHeader(startOfFrame: number, body: Uint8Array) {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = body[5] ?? 0;
  if (body.length < 6 + 3 * count || count === 0) return undefined;
  const components = Array.from({ length: count }, (_, index) => ({
    id: view.getUint8(6 + 3 * index),
    horizontalSampling: view.getUint8(7 + 3 * index) >> 4,
    verticalSampling: view.getUint8(7 + 3 * index) & 0x0f,
  }));
  return { startOfFrame, precision: view.getUint8(0), rows: view.getUint16(1), columns: view.getUint16(3), components };
}

function startsWith(body: Uint8Array, text: string): boolean {
  return [...text].every((letter, index) => body[index] === letter.charCodeAt(0));
}
