/** How much may wait in a pipe. */
interface PipeBound<T> {
  readonly limit: number;
  sizeOf(piece: T): number;
}

/**
 * Pieces on their way from the connection to one reader, with a bound on what waits between them. A reader that leaves early
 * loses the rest, and the writer goes on.
 */
export class Pipe<T> implements AsyncIterable<T> {
  readonly #bound: PipeBound<T>;
  #pieces: T[] = [];
  #size = 0;
  #isEnded = false;
  #isAbandoned = false;
  #error: unknown;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;

  constructor(bound: PipeBound<T>) {
    this.#bound = bound;
  }

  /** Adds a piece; a promise, where there is one, settles once more may follow. */
  write(piece: T): Promise<void> | undefined {
    if (this.#isAbandoned || this.#isEnded) return undefined;
    this.#pieces.push(piece);
    this.#size += this.#bound.sizeOf(piece);
    this.#wakeReader?.();
    if (this.#size < this.#bound.limit) return undefined;
    return new Promise((resolve) => {
      this.#wakeWriter = resolve;
    });
  }

  /** No more pieces follow. */
  end(): void {
    this.#isEnded = true;
    this.#wakeReader?.();
  }

  /** The reader gets an error once it has read what is there. */
  fail(error: unknown): void {
    if (this.#isEnded) return;
    this.#error = error;
    this.end();
  }

  /** Whether the reader waits for what has not come. */
  get isStarving(): boolean {
    return !this.#isEnded && (this.#wakeReader !== undefined || this.#isAbandoned);
  }

  /** Throws away what nobody has read, and what is still to come. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#takeAll();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    try {
      for (;;) {
        yield* this.#takeAll();
        if (this.#pieces.length > 0) continue;
        if (this.#error !== undefined) throw this.#error;
        if (this.#isEnded) return;
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve;
        });
        this.#wakeReader = undefined;
      }
    } finally {
      this.abandon();
    }
  }

  #takeAll(): readonly T[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#size = 0;
    this.#wakeWriter?.();
    this.#wakeWriter = undefined;
    return pieces;
  }
}

/** Bytes of a data set that may wait: two of the longest PDUs that a side usually takes. */
const longestWaitingBytes = 256 * 1024;

/** What a piece costs besides its bytes: a peer may send a data set in fragments of one byte, or of none. */
const pieceOverheadBytes = 64;

/** The bytes of a data set. */
export type BytePipe = Pipe<Uint8Array>;

export function bytePipe(): BytePipe {
  return new Pipe({ limit: longestWaitingBytes, sizeOf: (bytes) => bytes.length + pieceOverheadBytes });
}
