import { startReading } from "../answer/start-reading.ts";

/** One part of an answer. */
export interface OutgoingPart {
  readonly contentType: string;
  /** URL of what the part holds. */
  readonly location?: string;
  /** Bytes of the part, where they are known before they are read. */
  readonly sizeBytes?: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/**
 * A multipart/related body (RFC 2387), one part after the other.
 *
 * @param boundary must not come in the parts: a hash of what they are will not
 */
export async function* writeMultipart(
  parts: Iterable<OutgoingPart> | AsyncIterable<OutgoingPart>,
  boundary: string,
): AsyncGenerator<Uint8Array, void, void> {
  let isFirst = true;
  for await (const part of parts) {
    // The bytes first: what cannot be opened fails before its header is written.
    const { first, rest } = await startReading(part.open());
    yield headerOf(part, boundary, isFirst);
    isFirst = false;
    yield* first;
    yield* rest;
  }
  yield closing(boundary, isFirst);
}

/** Bytes of the body that {@link writeMultipart} writes; nothing where a part's size is not known. */
export function multipartSize(parts: readonly OutgoingPart[], boundary: string): number | undefined {
  let size = closing(boundary, parts.length === 0).length;
  for (const [index, part] of parts.entries()) {
    if (part.sizeBytes === undefined) return undefined;
    size += headerOf(part, boundary, index === 0).length + part.sizeBytes;
  }
  return size;
}

function headerOf({ contentType, location, sizeBytes }: OutgoingPart, boundary: string, isFirst: boolean): Uint8Array {
  const lines = [
    `--${boundary}`,
    `Content-Type: ${contentType}`,
    ...(sizeBytes === undefined ? [] : [`Content-Length: ${sizeBytes}`]),
    ...(location === undefined ? [] : [`Content-Location: ${location}`]),
  ];
  return Buffer.from(`${isFirst ? "" : "\r\n"}${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function closing(boundary: string, isEmpty: boolean): Uint8Array {
  return Buffer.from(`${isEmpty ? "" : "\r\n"}--${boundary}--\r\n`, "latin1");
}
