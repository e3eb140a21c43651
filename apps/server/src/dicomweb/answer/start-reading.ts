/**
 * Reads the first piece of a stream, so that what cannot be read fails here. Leaving `rest` early closes the stream.
 *
 * @returns the first piece, or none of an empty stream, and what follows it
 */
export async function startReading(bytes: AsyncIterable<Uint8Array>): Promise<{
  readonly first: readonly Uint8Array[];
  readonly rest: AsyncIterable<Uint8Array>;
}> {
  const iterator = bytes[Symbol.asyncIterator]();
  const next = await iterator.next();
  return {
    first: next.done === true ? [] : [next.value],
    rest: { [Symbol.asyncIterator]: () => iterator },
  };
}
