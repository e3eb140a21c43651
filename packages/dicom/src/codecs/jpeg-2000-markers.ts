/** What a JPEG 2000 codestream says in its main header (ISO/IEC 15444-1 annex A). */
export interface Jpeg2000Markers {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
  readonly isSigned: boolean;
  /** What is missing: decoders fill in a tile that is absent or cut without a word. */
  readonly whyIncomplete?: string;
  /** Offset of the codestream in what was given: not 0 inside a JP2 file. */
  readonly offset: number;
}

const markers = { soc: 0xff4f, siz: 0xff51, sot: 0xff90 } as const;

/** Bytes of a start-of-tile-part segment with its marker. */
const tilePartHeaderBytes = 12;

/**
 * Reads the main header and walks the tile-parts.
 *
 * @returns a sentence that says what is wrong, when this is no codestream or not of a kind decoded here
 */
export function readJpeg2000Markers(bytes: Uint8Array): Jpeg2000Markers | string {
  const offset = codestreamOffset(bytes);
  if (offset === undefined) return "not a JPEG 2000 codestream";
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, bytes.byteLength - offset);
  if (view.byteLength < 49) return "the codestream ends in its main header";
  const size = imageSize(view);
  if (typeof size === "string") return size;

  for (let at = 2; at + 4 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === markers.sot) {
      const reason = whyIncomplete(view, at, size.tiles);
      return { ...size, ...(reason === undefined ? {} : { whyIncomplete: reason }), offset };
    }
    if (marker < 0xff00) return `no marker at byte ${at} of the codestream`;
  }
  return "the codestream ends in its main header";
}

function codestreamOffset(bytes: Uint8Array): number | undefined {
  const isStart = (at: number) =>
    bytes[at] === 0xff && bytes[at + 1] === 0x4f && bytes[at + 2] === 0xff && bytes[at + 3] === 0x51;
  if (isStart(0)) return 0;
  const isJp2 = bytes[4] === 0x6a && bytes[5] === 0x50 && bytes[6] === 0x20 && bytes[7] === 0x20;
  if (!isJp2) return undefined;
  for (let at = 8; at + 4 <= bytes.length; at += 1) if (isStart(at)) return at;
  return undefined;
}

function imageSize(view: DataView) {
  const components = view.getUint16(40);
  if (components < 1 || 42 + 3 * components > view.byteLength) return `${components} components`;
  const kind = view.getUint8(42);
  for (let component = 0; component < components; component += 1) {
    const at = 42 + 3 * component;
    if (view.getUint8(at) !== kind) return "components of different precision";
    if (view.getUint8(at + 1) !== 1 || view.getUint8(at + 2) !== 1) return "subsampled components";
  }
  const right = view.getUint32(8);
  const bottom = view.getUint32(12);
  const left = view.getUint32(16);
  const top = view.getUint32(20);
  const tileWidth = view.getUint32(24);
  const tileHeight = view.getUint32(28);
  const tileLeft = view.getUint32(32);
  const tileTop = view.getUint32(36);
  if (tileWidth === 0 || tileHeight === 0 || right <= left || bottom <= top) return "an image without pixels";
  if (tileLeft > left || tileTop > top) return "tiles that start inside the image";
  return {
    rows: bottom - top,
    columns: right - left,
    components,
    precision: (kind & 0x7f) + 1,
    isSigned: (kind & 0x80) !== 0,
    tiles: Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight),
  };
}

function whyIncomplete(view: DataView, firstTilePart: number, tiles: number): string | undefined {
  if (tiles > 65535) return `the codestream asks for ${tiles} tiles`;
  const seen = new Set<number>();
  let at = firstTilePart;
  while (at + tilePartHeaderBytes <= view.byteLength && view.getUint16(at) === markers.sot) {
    const length = view.getUint32(at + 6);
    seen.add(view.getUint16(at + 4));
    if (length === 0) {
      at = view.byteLength;
    } else if (length < tilePartHeaderBytes + 2 || at + length > view.byteLength) {
      return `the codestream ends in tile ${view.getUint16(at + 4)}`;
    } else {
      at += length;
    }
  }
  return seen.size === tiles ? undefined : `the codestream holds ${seen.size} of ${tiles} tiles`;
}
