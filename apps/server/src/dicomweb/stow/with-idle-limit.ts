import { EtalonError } from "@etalon/base";

/**
 * The same bytes; gives up where the sender is silent for too long. Only waiting for the sender counts, not what is done
 * with the bytes.
 *
 * @throws EtalonError `body-too-slow`, and `body-truncated` where the connection ends before the body
 */
export async function* withIdleLimit(
  source: AsyncIterable<Uint8Array>,
  seconds: number,
): AsyncGenerator<Uint8Array, void, void> {
  // By hand: leaving a `for await` destroys the request, and with it the connection that the answer must take.
  const iterator = source[Symbol.asyncIterator]();
  for (;;) {
    const next = await within(seconds, iterator.next());
    if (next.done === true) return;
    yield next.value;
  }
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new EtalonError("body-too-slow", { field: "the body", details: { limit: seconds } });
    timer = setTimeout(() => reject(error), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    if (cause instanceof EtalonError) throw cause;
    throw new EtalonError("body-truncated", { field: "the body", cause });
  } finally {
    clearTimeout(timer);
  }
}
