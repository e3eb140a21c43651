import { ApiError } from "../../api/api-error.ts";
import { connection } from "../../api/connection.ts";
import type { DecodedPicture } from "../../picture/picture.ts";
import type { DecodeRequest, DecodeTask, Urgency } from "./decode-task.ts";
import type { DecodeAnswer } from "./decode-worker.ts";

/** Fetches and decodes pictures in workers: those that somebody waits for before those that are read ahead. */
export interface DecodePool {
  readonly decode: (task: DecodeTask, urgency: Urgency) => Promise<DecodedPicture>;
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

/** Tasks that a worker has: it goes on while the page is busy. What comes later goes to whoever is done first. */
const tasksKept = 16;

interface Member {
  readonly worker: Worker;
  tasks: number;
}

interface Waiting {
  readonly task: DecodeTask;
  readonly urgency: Urgency;
  readonly resolve: (picture: DecodedPicture) => void;
  readonly reject: (error: Error) => void;
}

function failureOf({ error, isOffline }: Exclude<DecodeAnswer, { readonly picture: unknown }>): Error {
  if (!isOffline) return new Error(error);
  connection.lost();
  return new ApiError(0, "offline", error);
}

function tell({ worker }: Member, request: DecodeRequest): void {
  worker.postMessage(request);
}

/** A pool whose workers are started when first needed. */
export function createDecodePool(createWorker: () => Worker): DecodePool {
  const count = Math.max(1, Math.min(mostWorkers, (navigator.hardwareConcurrency || 2) - 1));
  const team: Member[] = [];
  const now = new Map<string, Waiting>();
  const ahead = new Map<string, Waiting>();
  const running = new Map<string, Waiting>();
  let awaiting: (() => void)[] = [];

  const settle = (member: Member, answer: DecodeAnswer): void => {
    const waiting = running.get(answer.id);
    running.delete(answer.id);
    member.tasks -= 1;
    if ("picture" in answer) waiting?.resolve(answer.picture);
    else waiting?.reject(failureOf(answer));
    next();
    if (running.size + now.size + ahead.size > 0) return;
    for (const resolve of awaiting) resolve();
    awaiting = [];
  };
  const start = (): Member => {
    const member = { worker: createWorker(), tasks: 0 };
    team.push(member);
    member.worker.addEventListener("message", ({ data }: MessageEvent<DecodeAnswer>) => settle(member, data));
    return member;
  };
  /** Who has least to do, if anybody takes more. */
  const free = (): Member | undefined => {
    const [least] = [...team].sort((a, b) => a.tasks - b.tasks);
    if (least === undefined || (least.tasks > 0 && team.length < count)) return start();
    return least.tasks < tasksKept ? least : undefined;
  };
  const next = (): void => {
    const from = now.size > 0 ? now : ahead;
    const [first] = from.values();
    if (first === undefined) return;
    const member = free();
    if (member === undefined) return;
    from.delete(first.task.id);
    running.set(first.task.id, first);
    member.tasks += 1;
    tell(member, { kind: "decode", task: first.task, urgency: first.urgency });
    next();
  };

  return {
    decode: (task, urgency) =>
      new Promise((resolve, reject) => {
        (urgency === "now" ? now : ahead).set(task.id, { task, urgency, resolve, reject });
        next();
      }),
    hurry: (id) => {
      const waiting = ahead.get(id);
      ahead.delete(id);
      if (waiting !== undefined) now.set(id, { ...waiting, urgency: "now" });
      else if (running.has(id)) for (const member of team) tell(member, { kind: "hurry", id });
    },
    forgetAhead: () => {
      for (const { reject } of ahead.values()) reject(new Error("no longer needed"));
      ahead.clear();
      for (const member of team) tell(member, { kind: "forget-ahead" });
    },
    prepare: () => {
      if (team.length === 0) start();
    },
    whenIdle: () =>
      new Promise((settle) => {
        if (running.size + now.size + ahead.size === 0) settle();
        else awaiting.push(settle);
      }),
  };
}
