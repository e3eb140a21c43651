import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { DicomError, EtalonError } from "@etalon/base";
import { createCodecSet } from "@etalon/dicom";
import type { PictureMaker } from "./picture-maker.ts";
import type { PictureOutcome, PictureTask } from "./picture-messages.ts";
import { createTurnstile } from "./turnstile.ts";

/** A maker whose threads run until it is closed. */
export interface PicturePool extends PictureMaker {
  /** Refuses what waits, ends what is under way, and settles when no thread is left. */
  close(): Promise<void>;
}

/** What pictures may take. */
export interface PictureLimits {
  /** Threads at most; each is started when it is needed and then kept. */
  readonly threads: number;
  /** What may wait for one. */
  readonly waiting: number;
  /** For one task, once a thread has it. */
  readonly seconds: number;
  /** Of a thread's heap; pixels lie beside it, bounded by `frameBytesLimit` and the codecs' own memory. */
  readonly heapMb: number;
}

/** One thread less than the machine runs at once, which is left to everything else. */
export const usualPictureLimits: PictureLimits = {
  threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
  waiting: 1000,
  seconds: 60,
  heapMb: 512,
};

const program = new URL("picture-thread.ts", import.meta.url);

interface Waiting {
  readonly task: PictureTask;
  readonly resolve: (outcome: PictureOutcome) => void;
  readonly reject: (error: EtalonError) => void;
}

/**
 * Decodes and draws in threads of its own, so that what takes long stops nothing else: the longest codec can take, a picture of
 * many megapixels, a codestream that is made to be slow. A task whose thread dies or takes too long has an error of its own, and
 * the next gets a new thread.
 */
export function openPicturePool(limits: PictureLimits = usualPictureLimits): PicturePool {
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const threads = new Set<Worker>();
  let isClosed = false;

  const next = (): void => {
    while (queue.length > 0 && (idle.length > 0 || threads.size < limits.threads)) {
      const waiting = queue.shift();
      if (waiting === undefined) return;
      const worker = idle.pop() ?? start();
      attend(worker, waiting, limits).then((isAlive) => {
        if (isAlive && !isClosed) idle.push(worker);
        next();
      });
    }
  };
  const start = (): Worker => {
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: limits.heapMb } });
    // It keeps no program alive, and what happens to it is told to its task.
    worker.unref();
    worker.on("error", () => {});
    worker.once("exit", () => {
      threads.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
      next();
    });
    threads.add(worker);
    return worker;
  };
  const outcomeOf = (task: PictureTask): Promise<PictureOutcome> =>
    new Promise((resolve, reject) => {
      if (isClosed || queue.length >= limits.waiting) {
        reject(new EtalonError("server-busy", { field: fileOf(task) }));
        return;
      }
      queue.push({ task, resolve, reject });
      next();
    });
  return {
    codecs: {
      ...createCodecSet(),
      decodeElsewhere: async (frame) => {
        // A copy, since what is given away is lost here, and the caller may keep the frame.
        const bytes = new Uint8Array(frame.bytes);
        const outcome = await outcomeOf({ kind: "decode", frame: { ...frame, bytes } });
        if (outcome.kind !== "decoded") throw errorOf(outcome, frame.file);
        return outcome.pixels;
      },
    },
    // One more than there are threads: the next is read while all work.
    inTurn: createTurnstile({ atOnce: limits.threads + 1, waiting: limits.waiting }),
    draw: async (drawing) => {
      const outcome = await outcomeOf({ kind: "draw", drawing });
      if (outcome.kind !== "drawn") throw errorOf(outcome, drawing.file);
      return outcome.bytes;
    },
    close: async () => {
      isClosed = true;
      for (const { reject, task } of queue.splice(0)) reject(new EtalonError("server-busy", { field: fileOf(task) }));
      await Promise.all([...threads].map((worker) => worker.terminate()));
    },
  };
}

/** Has a thread do a task; says whether the thread can do another. Never rejects. */
function attend(worker: Worker, { task, resolve, reject }: Waiting, limits: PictureLimits): Promise<boolean> {
  const field = fileOf(task);
  return new Promise((settle) => {
    const end = (isAlive: boolean): void => {
      clearTimeout(timer);
      worker.off("message", received).off("error", failed).off("exit", exited);
      settle(isAlive);
    };
    // Both ends of the channel are of this program.
    const received = (outcome: PictureOutcome): void => {
      resolve(outcome);
      end(true);
    };
    const failed = (error: Error): void => {
      const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reject(
        isMemory
          ? new EtalonError("memory-exceeded", { field, received: limits.heapMb })
          : new EtalonError("worker-ended", { field, received: error.name, cause: error }),
      );
      end(false);
    };
    const exited = (code: number): void => {
      reject(new EtalonError("worker-ended", { field, received: code }));
      end(false);
    };
    const timer = setTimeout(() => {
      reject(new EtalonError("time-exceeded", { field, received: limits.seconds }));
      end(false);
      void worker.terminate();
    }, limits.seconds * 1000);
    worker.on("message", received).once("error", failed).once("exit", exited);
    const { buffer } = task.kind === "draw" ? task.drawing.pixels.samples : task.frame.bytes;
    worker.postMessage(task, buffer instanceof ArrayBuffer ? [buffer] : []);
  });
}

function fileOf(task: PictureTask): string {
  return task.kind === "draw" ? task.drawing.file : task.frame.file;
}

function errorOf(outcome: PictureOutcome, file: string): EtalonError {
  if (outcome.kind !== "failed") return new EtalonError("worker-ended", { field: file, received: outcome.kind });
  const { code, field, received, details } = outcome;
  const context = { field, details, ...(received === undefined ? {} : { received }) };
  return details["file"] === undefined ? new EtalonError(code, context) : new DicomError(code, { ...context, file });
}
