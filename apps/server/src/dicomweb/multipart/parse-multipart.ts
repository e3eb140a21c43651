import { EtalonError } from "@etalon/base";
import { type ByteFeed, byteFeed } from "./byte-feed.ts";
import { readPartHeaders } from "./part-headers.ts";

/** One part of a multipart body. */
export interface Part {
  /** Values by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /**
   * The part's bytes, once. What is left of them is skipped when the next part is asked for.
   * Iterating throws `body-truncated`, `body-too-large`, and whatever the stream throws.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

/** How much is taken. */
export interface MultipartLimits {
  /** Bytes of the body of one part. */
  readonly maxPartBytes: number;
  /** Bytes of the whole body. */
  readonly maxBodyBytes: number;
  readonly maxParts: number;
}

/** Bytes before the first boundary, which nobody needs. */
const longestPreamble = 64 * 1024;
/** Blanks between a boundary and the end of its line. */
const longestPadding = 256;

/** What follows the bytes of a delimiter: another part, the end, neither (they were content), or too little to say. */
type Follower =
  | { readonly kind: "part" | "end"; readonly length: number }
  | { readonly kind: "content" | "unknown"; readonly length: 0 };

/**
 * Parts of a multipart body as it comes in (RFC 2046 section 5.1.1): never more of it in memory than a piece of the stream
 * and a boundary. A delimiter counts only where its line ends after it, so that a boundary may be the start of other text.
 * A body whose first boundary line ends with LF alone is read with LF line ends throughout.
 *
 * @throws EtalonError `body-malformed` (no boundary line, header fields that are none, too many parts), `body-truncated`
 *   (the end of the stream before the closing boundary), `body-too-large`
 */
export async function* parseMultipart(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: MultipartLimits,
): AsyncGenerator<Part, void, void> {
  // As if a line had ended before the body: the first boundary is found like every other one.
  const feed = byteFeed(source, { start: Buffer.from("\r\n"), maxBytes: limits.maxBodyBytes });
  const delimiter = await skipPreamble(feed, boundary);
  for (let count = 1; delimiter !== undefined; count++) {
    if (count > limits.maxParts) throw malformed(`more than ${limits.maxParts} parts`);
    const headers = await readPartHeaders(feed);
    const content = partContent(feed, { delimiter, maxBytes: limits.maxPartBytes });
    yield { headers, body: content };
    while (!content.hasEnded()) await content.nextPiece();
    if (content.isLast()) break;
  }
  await skipEpilogue(feed);
}

/** Goes to the first part; the delimiter as this body writes it, or nothing where the body closes at once. */
async function skipPreamble(feed: ByteFeed, boundary: string): Promise<Buffer | undefined> {
  const loose = Buffer.from(`\n--${boundary}`, "latin1");
  let skipped = 0;
  for (;;) {
    const at = feed.pending().indexOf(loose);
    const follower = at < 0 ? undefined : followerOf(feed.pending(), at + loose.length, true);
    if (at >= 0 && follower !== undefined && follower.kind !== "unknown") {
      const end = at + loose.length + follower.length;
      if (follower.kind === "end") {
        feed.take(end);
        return undefined;
      }
      if (follower.kind === "part") {
        const hasCr = feed.take(end).at(-2) === 0x0d;
        return Buffer.from(`${hasCr ? "\r" : ""}\n--${boundary}`, "latin1");
      }
      skipped += feed.take(at + 1).length;
    } else {
      const kept = at < 0 ? loose.length - 1 : feed.pending().length - at;
      skipped += feed.take(Math.max(0, feed.pending().length - kept)).length;
      if (!(await feed.pull())) throw malformed("no line with the boundary of the Content-Type");
    }
    if (skipped > longestPreamble) throw malformed(`no boundary in the first ${longestPreamble} bytes`);
  }
}

interface PartContent extends AsyncIterable<Uint8Array> {
  readonly nextPiece: () => Promise<Uint8Array | undefined>;
  readonly hasEnded: () => boolean;
  readonly isLast: () => boolean;
}

function partContent(
  feed: ByteFeed,
  { delimiter, maxBytes }: { readonly delimiter: Buffer; readonly maxBytes: number },
): PartContent {
  let end: "part" | "end" | undefined;
  let received = 0;
  let isAtStart = true;

  const nextPiece = async (): Promise<Uint8Array | undefined> => {
    while (end === undefined) {
      if (isAtStart) end = await endOfEmptyPart(feed, delimiter);
      isAtStart = false;
      if (end !== undefined) break;
      const found = nextOf(feed.pending(), delimiter);
      if (found.end !== undefined) end = found.end;
      const piece = feed.take(found.contentLength);
      feed.take(found.delimiterLength);
      received += piece.length;
      if (received > maxBytes) {
        throw new EtalonError("body-too-large", { field: "a part", received, details: { limit: maxBytes } });
      }
      if (piece.length > 0) return piece;
      if (end === undefined && !(await feed.pull())) throw new EtalonError("body-truncated", { field: "a part" });
    }
    return undefined;
  };

  return {
    nextPiece,
    hasEnded: () => end !== undefined,
    isLast: () => end === "end",
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const value = await nextPiece();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
    }),
  };
}

/** The line end of an empty part's header may also be that of its delimiter: writers are found that write it once. */
async function endOfEmptyPart(feed: ByteFeed, delimiter: Buffer): Promise<"part" | "end" | undefined> {
  const line = delimiter.subarray(delimiter.indexOf(0x0a) + 1);
  for (;;) {
    const pending = feed.pending();
    const shared = Math.min(pending.length, line.length);
    if (!pending.subarray(0, shared).equals(line.subarray(0, shared))) return undefined;
    const follower = followerOf(pending, line.length, delimiter.length === line.length + 1);
    if (shared === line.length && follower.kind === "content") return undefined;
    if (shared === line.length && (follower.kind === "part" || follower.kind === "end")) {
      feed.take(line.length + follower.length);
      return follower.kind;
    }
    if (!(await feed.pull())) throw new EtalonError("body-truncated", { field: "a part" });
  }
}

/** How much of what is there is content for certain, and whether a delimiter follows it. */
function nextOf(
  pending: Buffer,
  delimiter: Buffer,
): { readonly contentLength: number; readonly delimiterLength: number; readonly end?: "part" | "end" } {
  const at = pending.indexOf(delimiter);
  if (at < 0) return { contentLength: startOfPart(pending, delimiter), delimiterLength: 0 };
  const { kind, length } = followerOf(pending, at + delimiter.length, delimiter[0] === 0x0a);
  if (kind === "unknown") return { contentLength: at, delimiterLength: 0 };
  if (kind === "content") return { contentLength: at + 1, delimiterLength: 0 };
  return { contentLength: at, delimiterLength: delimiter.length + length, end: kind };
}

/** Where the first bytes of a delimiter may stand at the end of what is there; the end where they do not. */
function startOfPart(pending: Buffer, delimiter: Buffer): number {
  const at = pending.indexOf(delimiter[0] ?? 0, Math.max(0, pending.length - delimiter.length + 1));
  return at < 0 ? pending.length : at;
}

function followerOf(pending: Buffer, start: number, takesBareLf: boolean): Follower {
  if (pending.length < start + 2) {
    const isLf = takesBareLf && pending[start] === 0x0a;
    return isLf ? { kind: "part", length: 1 } : { kind: "unknown", length: 0 };
  }
  if (pending[start] === 0x2d && pending[start + 1] === 0x2d) return { kind: "end", length: 2 };
  let at = start;
  while (at < start + longestPadding && (pending[at] === 0x20 || pending[at] === 0x09)) at++;
  if (takesBareLf && pending[at] === 0x0a) return { kind: "part", length: at + 1 - start };
  if (pending.length < at + 2) return { kind: "unknown", length: 0 };
  const isLineEnd = pending[at] === 0x0d && pending[at + 1] === 0x0a;
  return isLineEnd ? { kind: "part", length: at + 2 - start } : { kind: "content", length: 0 };
}

/** What follows the closing boundary is read, so that the connection stays usable, and thrown away. */
async function skipEpilogue(feed: ByteFeed): Promise<void> {
  do feed.take(feed.pending().length);
  while (await feed.pull());
}

function malformed(reason: string): EtalonError {
  return new EtalonError("body-malformed", { field: "the body", received: reason });
}
