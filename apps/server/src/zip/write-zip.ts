import { crc32 } from "node:zlib";
import { EtalonError } from "@etalon/base";
import type { ZipEntry } from "./zip-entry.ts";
import { dataDescriptor, directoryEnd, directoryHeader, localHeader, type ZipRecord } from "./zip-records.ts";

/** Date of all files in a ZIP: the same entries are the same bytes, each time. */
export interface ZipOptions {
  readonly modified: Date;
}

/**
 * A ZIP, file after file as they are read, none of them compressed: images hardly shrink, and so its length is known before
 * its first byte. With 64-bit fields where a length, an offset or the number of files asks for them.
 *
 * @throws {EtalonError} `body-truncated` where a file has another length than was said: what was sent is no ZIP then
 */
export async function* writeZip(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  { modified }: ZipOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const records: ZipRecord[] = [];
  let offset = 0;
  for await (const { name, sizeBytes, open } of entries) {
    const path = new TextEncoder().encode(name);
    const header = localHeader(path, sizeBytes, modified);
    yield header;
    let checksum = 0;
    let length = 0;
    for await (const piece of await open()) {
      checksum = crc32(piece, checksum);
      length += piece.length;
      if (length > sizeBytes) break;
      yield piece;
    }
    if (length !== sizeBytes) {
      throw new EtalonError("body-truncated", { field: `entry ${records.length}`, received: String(length) });
    }
    const written = { name: path, sizeBytes, crc32: checksum, offset };
    const descriptor = dataDescriptor(written);
    yield descriptor;
    records.push(written);
    offset += header.length + sizeBytes + descriptor.length;
  }
  let directoryBytes = 0;
  for (const written of records) {
    const header = directoryHeader(written, modified);
    directoryBytes += header.length;
    yield header;
  }
  yield directoryEnd(records.length, offset, directoryBytes);
}

/** The length of the ZIP that {@link writeZip} makes of these. */
export function zipLength(entries: Iterable<Pick<ZipEntry, "name" | "sizeBytes">>): number {
  const modified = new Date(0);
  let count = 0;
  let offset = 0;
  let directoryBytes = 0;
  for (const { name, sizeBytes } of entries) {
    const path = new TextEncoder().encode(name);
    const written = { name: path, sizeBytes, crc32: 0, offset };
    directoryBytes += directoryHeader(written, modified).length;
    offset += localHeader(path, sizeBytes, modified).length + sizeBytes + dataDescriptor(written).length;
    count += 1;
  }
  return offset + directoryBytes + directoryEnd(count, offset, directoryBytes).length;
}

/** The part of some bytes that begins at `offset` and has `length`: what comes before is read, and not passed on. */
export async function* partOf(
  bytes: AsyncIterable<Uint8Array>,
  { offset, length }: { readonly offset: number; readonly length: number },
): AsyncGenerator<Uint8Array, void, void> {
  let at = 0;
  for await (const piece of bytes) {
    const from = Math.max(0, offset - at);
    const until = Math.min(piece.length, offset + length - at);
    if (until > from) yield piece.subarray(from, until);
    at += piece.length;
    if (at >= offset + length) return;
  }
}
