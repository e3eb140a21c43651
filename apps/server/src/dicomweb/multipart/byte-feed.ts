import { EtalonError } from "@etalon/base";

/** Bytes of a stream that were read and not yet used. */
export interface ByteFeed {
  /** What is there; grows by {@link ByteFeed.pull}, shrinks by {@link ByteFeed.take}. */
  readonly pending: () => Buffer;
  /** Adds the stream's next piece; false where the stream has ended. */
  readonly pull: () => Promise<boolean>;
  /** The first `length` bytes, which are used up. */
  readonly take: (length: number) => Buffer;
}

/**
 * A feed over a stream.
 *
 * @param start bytes that stand before the stream's own
 * @throws EtalonError `body-too-large` from `pull`, once the stream has brought more than `maxBytes`
 */
export function byteFeed(
  source: AsyncIterable<Uint8Array>,
  { start, maxBytes }: { readonly start: Buffer; readonly maxBytes: number },
): ByteFeed {
  const iterator = source[Symbol.asyncIterator]();
  let pending = start;
  let received = 0;
  return {
    pending: () => pending,
    pull: async () => {
      const next = await iterator.next();
      if (next.done === true) return false;
      const piece = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
      received += piece.length;
      if (received > maxBytes) {
        throw new EtalonError("body-too-large", { field: "the body", received, details: { limit: maxBytes } });
      }
      pending = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
      return true;
    },
    take: (length) => {
      const taken = pending.subarray(0, length);
      pending = pending.subarray(length);
      return taken;
    },
  };
}
