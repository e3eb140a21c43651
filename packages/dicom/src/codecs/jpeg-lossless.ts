import { checkShape, codecFailed, type DecodedFrame, type EncodedFrame, formatRefused } from "./encoded-frame.ts";
import { type HuffmanTable, JpegBitReader, readHuffmanTable } from "./jpeg-bits.ts";
import { readJpegMarkers } from "./jpeg-markers.ts";

/** One scan: which components it holds, with the table of each, and how they were predicted (ITU-T T.81 B.2.3). */
interface Scan {
  readonly components: readonly { readonly index: number; readonly table: HuffmanTable }[];
  readonly predictor: number;
  readonly pointTransform: number;
  /** Pixels between restart markers; 0 for none. */
  readonly restartInterval: number;
  readonly dataOffset: number;
}

/** An image in the making. */
interface LosslessImage {
  readonly rows: number;
  readonly columns: number;
  readonly componentIds: readonly number[];
  readonly precision: number;
  readonly samples: Uint16Array;
}

/**
 * Decodes JPEG lossless, Huffman coded (processes 14 and 14 SV1): all predictors, 2 to 16 bits, interleaved or one scan
 * for each component, restart markers, point transforms. A stream that ends early is an error, not an image.
 *
 * @throws DicomError codec-failed, unsupported-pixel-format (subsampled components, other JPEG processes)
 * @see PS3.5 A.4.1 and 8.2.1, ITU-T T.81 annex H
 */
export function decodeJpegLossless(frame: EncodedFrame): DecodedFrame {
  const markers = readJpegMarkers(frame.bytes);
  if (typeof markers === "string") throw codecFailed(frame, markers);
  const { rows, columns, components, precision } = markers;
  if (markers.startOfFrame !== 0xc3)
    throw formatRefused(frame, `JPEG frame type 0x${markers.startOfFrame.toString(16)} in a lossless transfer syntax`);
  checkShape(frame, { rows, columns, components: components.length, precision });
  if (precision < 2 || precision > 16) throw formatRefused(frame, `lossless JPEG of ${precision} bits`);
  if (components.some((component) => component.horizontalSampling !== 1 || component.verticalSampling !== 1))
    throw formatRefused(frame, "lossless JPEG with subsampled components");

  const samples = new Uint16Array(rows * columns * components.length);
  const componentIds = components.map((component) => component.id);
  decodeScans(frame, { rows, columns, componentIds, precision, samples });
  return { samples, precision, photometricInterpretation: frame.layout.photometricInterpretation };
}

/** Walks the segments and decodes every scan, until each component has had one. */
function decodeScans(frame: EncodedFrame, image: LosslessImage): void {
  const { bytes } = frame;
  const tables = new Map<number, HuffmanTable>();
  const missing = new Set(image.componentIds.keys());
  let restartInterval = 0;
  let offset = 2;
  while (missing.size > 0) {
    while (bytes[offset] === 0xff && bytes[offset + 1] === 0xff) offset += 1;
    const marker = bytes[offset + 1] ?? 0;
    const length = ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0);
    const end = offset + 2 + length;
    if (bytes[offset] !== 0xff || marker === 0xd9 || length < 2 || end > bytes.length)
      throw codecFailed(frame, `the stream ends before component ${[...missing].join(", ")}`);
    const body = bytes.subarray(offset + 4, end);
    offset = end;
    if (marker === 0xc4) readTables(frame, tables, body);
    else if (marker === 0xdd) restartInterval = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
    else if (marker === 0xda) {
      const scan = readScan(frame, { image, tables, body, restartInterval, dataOffset: end });
      for (const { index } of scan.components) missing.delete(index);
      offset = decodeScan(frame, image, scan);
    }
  }
}

function readTables(frame: EncodedFrame, tables: Map<number, HuffmanTable>, body: Uint8Array): void {
  for (let at = 0; at < body.length; ) {
    const read = readHuffmanTable(body.subarray(at + 1));
    if (typeof read === "string") throw codecFailed(frame, read);
    tables.set(body[at] ?? 0, read.table);
    at += 1 + read.length;
  }
}

function readScan(
  frame: EncodedFrame,
  from: Pick<Scan, "restartInterval" | "dataOffset"> & {
    readonly image: LosslessImage;
    readonly tables: ReadonlyMap<number, HuffmanTable>;
    readonly body: Uint8Array;
  },
): Scan {
  const { image, tables, body, restartInterval, dataOffset } = from;
  const count = body[0] ?? 0;
  const predictor = body[1 + 2 * count] ?? 0;
  const pointTransform = (body[3 + 2 * count] ?? 0) & 0x0f;
  if (body.length < 4 + 2 * count || count === 0) throw codecFailed(frame, "malformed scan header");
  if (predictor < 1 || predictor > 7) throw codecFailed(frame, `predictor ${predictor}`);
  if (pointTransform >= image.precision) throw codecFailed(frame, `point transform ${pointTransform}`);
  if (restartInterval % image.columns !== 0) throw codecFailed(frame, "a restart interval that is not of whole rows");
  const components = Array.from({ length: count }, (_, at) => {
    const index = image.componentIds.indexOf(body[1 + 2 * at] ?? -1);
    const table = tables.get((body[2 + 2 * at] ?? 0) >> 4);
    if (index < 0 || table === undefined) throw codecFailed(frame, "a scan of an unknown component or table");
    return { index, table };
  });
  return { components, predictor, pointTransform, restartInterval, dataOffset };
}

/** @returns the offset of the marker after the scan */
function decodeScan(frame: EncodedFrame, image: LosslessImage, scan: Scan): number {
  const { rows, columns, samples, precision } = image;
  const { components, predictor, pointTransform, restartInterval } = scan;
  const reader = new JpegBitReader(frame.bytes, scan.dataOffset);
  const step = image.componentIds.length;
  const rowLength = columns * step;
  const restartRows = restartInterval / columns;
  const start = 1 << (precision - pointTransform - 1);
  let firstRow = 0;

  for (let row = 0; row < rows; row += 1) {
    if (restartRows > 0 && row > 0 && row % restartRows === 0) {
      if (!reader.skipRestartMarker()) throw codecFailed(frame, `no restart marker before row ${row}`);
      firstRow = row;
    }
    for (let column = 0; column < columns; column += 1) {
      for (const { index, table } of components) {
        const at = row * rowLength + column * step + index;
        const category = reader.readCode(table);
        if (category < 0 || category > 16) throw codecFailed(frame, `no Huffman code in row ${row}`);
        const difference = category === 0 ? 0 : category === 16 ? 32768 : reader.readDifference(category);
        let prediction = start;
        if (row === firstRow) {
          if (column > 0) prediction = samples[at - step] ?? 0;
        } else if (column === 0) {
          prediction = samples[at - rowLength] ?? 0;
        } else {
          const left = samples[at - step] ?? 0;
          const above = samples[at - rowLength] ?? 0;
          prediction = predict(predictor, left, above, samples[at - rowLength - step] ?? 0);
        }
        samples[at] = prediction + difference;
      }
    }
    if (reader.isOverrun) throw codecFailed(frame, `the stream ends in row ${row} of ${rows}`);
  }
  if (pointTransform > 0) shiftUp(image, scan);
  return reader.offset;
}

/** ITU-T T.81 table H.1. */
function predict(predictor: number, ...[left, above, corner]: readonly [number, number, number]): number {
  switch (predictor) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    default:
      return (left + above) >> 1;
  }
}

function shiftUp(image: LosslessImage, scan: Scan): void {
  const step = image.componentIds.length;
  for (const { index } of scan.components) {
    for (let at = index; at < image.samples.length; at += step)
      image.samples[at] = (image.samples[at] ?? 0) << scan.pointTransform;
  }
}
