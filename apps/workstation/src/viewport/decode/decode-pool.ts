import { ApiError } from "../../api/api-error.ts";
import { connection } from "../../api/connection.ts";
import type { DecodedPicture } from "../../picture/picture.ts";
import type { DecodeTask } from "./decode-task.ts";
import type { DecodeAnswer } from "./decode-worker.ts";

/** Fetches and decodes pictures in workers: those that somebody waits for before those that are read ahead. */
export interface DecodePool {
  readonly decode: (task: DecodeTask, urgency: "now" | "ahead") => Promise<DecodedPicture>;
  /** Somebody waits for it now. */
  readonly hurry: (id: string) => void;
  /** Forgets what is read ahead and has not begun. */
  readonly forgetAhead: () => void;
  /** Starts a worker before there is anything to decode. */
  readonly prepare: () => void;
  /** Settles when nothing is decoded and nothing waits. */
  readonly whenIdle: () => Promise<void>;
}

/** The most workers: each holds codecs of its own, and the network is shared. */
const mostWorkers = 4;

interface Waiting {
  readonly task: DecodeTask;
  readonly resolve: (picture: DecodedPicture) => void;
  readonly reject: (error: Error) => void;
}

/** A pool whose workers are started when first needed. */
export function createDecodePool(createWorker: () => Worker): DecodePool {
  const count = Math.max(1, Math.min(mostWorkers, (navigator.hardwareConcurrency || 2) - 1));
  const idle: Worker[] = [];
  let started = 0;
  const now = new Map<string, Waiting>();
  const ahead = new Map<string, Waiting>();
  const running = new Map<string, Waiting>();
  let awaiting: (() => void)[] = [];

  const settle = (worker: Worker, answer: DecodeAnswer): void => {
    const waiting = running.get(answer.id);
    running.delete(answer.id);
    idle.push(worker);
    if ("picture" in answer) waiting?.resolve(answer.picture);
    else {
      if (answer.isOffline) connection.lost();
      waiting?.reject(answer.isOffline ? new ApiError(0, "offline", answer.error) : new Error(answer.error));
    }
    next();
    if (running.size + now.size + ahead.size > 0) return;
    for (const tell of awaiting) tell();
    awaiting = [];
  };
  const start = (): Worker => {
    const worker = createWorker();
    started += 1;
    worker.addEventListener("message", ({ data }: MessageEvent<DecodeAnswer>) => settle(worker, data));
    return worker;
  };
  const next = (): void => {
    const from = now.size > 0 ? now : ahead;
    const [first] = from.values();
    if (first === undefined) return;
    const worker = idle.pop() ?? (started < count ? start() : undefined);
    if (worker === undefined) return;
    from.delete(first.task.id);
    running.set(first.task.id, first);
    worker.postMessage(first.task);
    next();
  };

  return {
    decode: (task, urgency) =>
      new Promise((resolve, reject) => {
        (urgency === "now" ? now : ahead).set(task.id, { task, resolve, reject });
        next();
      }),
    hurry: (id) => {
      const waiting = ahead.get(id);
      if (waiting === undefined) return;
      ahead.delete(id);
      now.set(id, waiting);
    },
    forgetAhead: () => {
      for (const { reject } of ahead.values()) reject(new Error("no longer needed"));
      ahead.clear();
    },
    prepare: () => {
      if (started === 0) idle.push(start());
    },
    whenIdle: () =>
      new Promise((settle) => {
        if (running.size + now.size + ahead.size === 0) settle();
        else awaiting.push(settle);
      }),
  };
}
