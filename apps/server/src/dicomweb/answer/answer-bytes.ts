import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type ByteRange, parseRange } from "./byte-range.ts";
import { isNamedBy } from "./entity-tag.ts";
import { startReading } from "./start-reading.ts";

/** What is answered, before any of it is read. */
export interface Representation {
  readonly contentType: string;
  /** Names exactly these bytes: {@link entityTag}. */
  readonly tag: string;
  /** Asked for only where the bytes are going to be sent. */
  readonly sizeBytes?: number | (() => Promise<number>);
  /** 206 where some of what was asked for is missing. */
  readonly status?: 200 | 206;
  readonly headers?: Readonly<Record<string, string>>;
  /** The bytes; a part of them only where `isRanged`. */
  readonly open: (range?: ByteRange) => AsyncIterable<Uint8Array>;
  /** Whether a part may be asked for: its size is known, and a part can be read without the rest. */
  readonly isRanged?: boolean;
}

/**
 * Answers GET and HEAD: with 304 what the client has already (RFC 9110 section 13.1.2), with 206 a part, and from the first
 * byte on what is read while it is sent. Errors that come before the first byte have their own status; later ones cut the
 * connection.
 */
export async function answerBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  what: Representation,
): Promise<FastifyReply> {
  reply.headers({ ...headersOf(what.tag), ...what.headers });
  if (isNamedBy(request.headers["if-none-match"], what.tag)) return reply.code(304).send();
  const sizeBytes = typeof what.sizeBytes === "function" ? await what.sizeBytes() : what.sizeBytes;
  const range = what.isRanged === true ? rangeOf(request, reply, { tag: what.tag, sizeBytes }) : undefined;
  reply.code(range === undefined ? (what.status ?? 200) : 206).type(what.contentType);
  const length = range?.length ?? sizeBytes;
  if (length !== undefined) reply.header("content-length", length);
  if (range !== undefined) {
    reply.header("content-range", `bytes ${range.offset}-${range.offset + range.length - 1}/${sizeBytes}`);
  }
  // An empty stream: the length that was set stays, and nothing is read.
  if (request.method === "HEAD") return reply.send(Readable.from([]));
  const { first, rest } = await startReading(what.open(range));
  if (length !== undefined && length <= wholeBytes) return reply.send(await inMemory(first, rest));
  return reply.send(Readable.from(joined(first, rest), { objectMode: false }));
}

/** Answers 304: for what costs much to open and is named before. */
export function answerKnown(reply: FastifyReply, tag: string): FastifyReply {
  return reply.headers(headersOf(tag)).code(304).send();
}

function headersOf(tag: string): Readonly<Record<string, string>> {
  return {
    etag: `"${tag}"`,
    vary: "Accept, Accept-Encoding, Origin",
    // Versions come and go under one UID: what is kept is asked for again, and costs a 304.
    "cache-control": "private, no-cache",
  };
}

function rangeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { tag, sizeBytes }: { readonly tag: string; readonly sizeBytes: number | undefined },
): ByteRange | undefined {
  if (sizeBytes === undefined) return undefined;
  reply.header("accept-ranges", "bytes");
  const condition = request.headers["if-range"];
  return condition === undefined || condition === `"${tag}"` ? parseRange(request.headers.range, sizeBytes) : undefined;
}

/** Answers up to this are read before they are sent: reading them beside costs more. */
const wholeBytes = 1024 * 1024;
/** What is copied into one piece: beyond that the copy costs more than a stream of the pieces. */
const copiedBytes = 64 * 1024;

async function inMemory(first: Iterable<Uint8Array>, rest: AsyncIterable<Uint8Array>): Promise<Buffer | Readable> {
  const pieces = [...first];
  for await (const piece of rest) pieces.push(piece);
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return length <= copiedBytes ? Buffer.concat(pieces) : Readable.from(pieces, { objectMode: false });
}

async function* joined(
  first: Iterable<Uint8Array>,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield* first;
  yield* rest;
}
