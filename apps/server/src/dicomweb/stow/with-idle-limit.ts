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
  let giveUp: (late: EtalonError) => void = () => {};
  // One timer for all pieces: thousands come in a second.
  const timer = setTimeout(
    () => giveUp(new EtalonError("body-too-slow", { field: "the body", details: { limit: seconds } })),
    seconds * 1000,
  );
  try {
    for (;;) {
      timer.refresh();
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        giveUp = reject;
        iterator
          .next()
          .then(resolve, (cause: unknown) => reject(new EtalonError("body-truncated", { field: "the body", cause })));
      });
      giveUp = () => {};
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
  }
}
