import { Worker } from "node:worker_threads";
import { EtalonError } from "@etalon/base";
import type { DocumentOutcome, DocumentTask, MadeFile } from "./document-messages.ts";

/** Makes documents beside this thread, one task at a time. */
export interface DocumentMaker {
  /**
   * @throws {EtalonError} as `makeDocuments`; `server-busy` where too much waits, `time-exceeded`, `memory-exceeded`,
   *   `worker-ended`
   */
  make(task: DocumentTask): Promise<readonly MadeFile[]>;
  /** Ends what is under way, and settles when the thread is gone. */
  close(): Promise<void>;
}

/** What documents may take. */
export interface DocumentLimits {
  /** Tasks that may wait. */
  readonly waiting: number;
  /** For one task. */
  readonly seconds: number;
  readonly heapMb: number;
  /** Tasks after which the thread is replaced: what sets PDFs remembers every layout (docs/decisions/0010-pdf.md). */
  readonly tasks: number;
}

const usualDocumentLimits: DocumentLimits = { waiting: 50, seconds: 120, heapMb: 1024, tasks: 20 };

const program = new URL("document-thread.ts", import.meta.url);

/** A maker whose thread is started with its first task. */
export function openDocumentPool(limits: DocumentLimits = usualDocumentLimits): DocumentMaker {
  let current: { readonly worker: Worker; left: number } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  const start = (): { readonly worker: Worker; left: number } => {
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: limits.heapMb } });
    // It keeps no program alive, and what happens to it is told to its task.
    worker.unref();
    worker.on("error", () => {});
    return { worker, left: limits.tasks };
  };
  const end = async (): Promise<void> => {
    const ending = current?.worker;
    current = undefined;
    await ending?.terminate();
  };
  const run = async (task: DocumentTask): Promise<readonly MadeFile[]> => {
    if (isClosed) throw new EtalonError("server-busy", { field: "report" });
    current ??= start();
    current.left -= 1;
    const { worker, left } = current;
    try {
      const outcome = await attend(worker, task, limits);
      if (left <= 0) await end();
      if (outcome.kind === "made") return outcome.files;
      throw new EtalonError(outcome.code, { field: outcome.field });
    } catch (thrown) {
      if (thrown instanceof ThreadLost) {
        await end();
        throw thrown.reason;
      }
      throw thrown;
    }
  };
  return {
    make: (task) => {
      if (waiting >= limits.waiting) return Promise.reject(new EtalonError("server-busy", { field: "report" }));
      waiting += 1;
      const turn = last
        .then(() => run(task))
        .finally(() => {
          waiting -= 1;
        });
      last = turn.catch(() => {});
      return turn;
    },
    close: async () => {
      isClosed = true;
      await end();
    },
  };
}

/** A thread that can do no other task. */
class ThreadLost extends Error {
  readonly reason: EtalonError;

  constructor(reason: EtalonError) {
    super(reason.message);
    this.reason = reason;
  }
}

function attend(worker: Worker, task: DocumentTask, { seconds, heapMb }: DocumentLimits): Promise<DocumentOutcome> {
  const field = "report";
  return new Promise((resolve, reject) => {
    const settle = (conclude: () => void): void => {
      clearTimeout(timer);
      worker.off("message", received).off("error", failed).off("exit", exited);
      conclude();
    };
    const lose = (reason: EtalonError): void => settle(() => reject(new ThreadLost(reason)));
    // Both ends of the channel are of this program.
    const received = (outcome: DocumentOutcome): void => settle(() => resolve(outcome));
    const failed = (error: Error): void => {
      const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      lose(
        isMemory
          ? new EtalonError("memory-exceeded", { field, received: heapMb })
          : new EtalonError("worker-ended", { field, received: error.name, cause: error }),
      );
    };
    const exited = (code: number): void => lose(new EtalonError("worker-ended", { field, received: code }));
    const timer = setTimeout(
      () => lose(new EtalonError("time-exceeded", { field, received: seconds })),
      seconds * 1000,
    );
    worker.on("message", received).once("error", failed).once("exit", exited);
    worker.postMessage(task);
  });
}
