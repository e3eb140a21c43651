import { EtalonError } from "@etalon/base";

/** The least that a sender brings. */
interface SlowestSender {
  /** Seconds of waiting for the sender that are looked at together. */
  readonly windowSeconds: number;
  /** Bytes that must come in that time. */
  readonly bytes: number;
}

/** 1 kB/s over five minutes: a twentieth of the slowest line that sends images. */
const slowestSender: SlowestSender = { windowSeconds: 300, bytes: 300_000 };

/**
 * The same bytes; gives up where the sender is silent for too long, or brings next to nothing
 * for longer. Only waiting for the sender counts, not what is done
 * with the bytes.
 *
 * @throws EtalonError `body-too-slow`, and `body-truncated` where the connection ends before the body
 */
export async function* withIdleLimit(
  source: AsyncIterable<Uint8Array>,
  seconds: number,
  slowest: SlowestSender = slowestSender,
): AsyncGenerator<Uint8Array, void, void> {
  // By hand: leaving a `for await` destroys the request, and with it the connection that the answer must take.
  const iterator = source[Symbol.asyncIterator]();
  let giveUp: (late: EtalonError) => void = () => {};
  // One timer for all pieces: thousands come in a second.
  const timer = setTimeout(
    () => giveUp(new EtalonError("body-too-slow", { field: "the body", details: { limit: seconds } })),
    seconds * 1000,
  );
  let [waitedMs, bytes] = [0, 0];
  try {
    for (;;) {
      timer.refresh();
      const begun = performance.now();
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        giveUp = reject;
        iterator
          .next()
          .then(resolve, (cause: unknown) => reject(new EtalonError("body-truncated", { field: "the body", cause })));
      });
      giveUp = () => {};
      if (next.done === true) return;
      waitedMs += performance.now() - begun;
      bytes += next.value.length;
      if (waitedMs >= slowest.windowSeconds * 1000) {
        if (bytes < slowest.bytes) {
          throw new EtalonError("body-too-slow", { field: "the body", details: { limit: slowest.windowSeconds } });
        }
        [waitedMs, bytes] = [0, 0];
      }
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
  }
}
