import type { DecodeTask, Urgency } from "./decode-task.ts";

/** Tasks of one worker: those that somebody waits for before those that are read ahead, each in their order. */
export interface TaskQueue {
  readonly add: (task: DecodeTask, urgency: Urgency) => void;
  /** Somebody waits for it now. */
  readonly hurry: (id: string) => void;
  /** Takes out what is read ahead and has not begun. */
  readonly forgetAhead: () => readonly DecodeTask[];
}

/**
 * A queue that runs its tasks as they come.
 *
 * @param run never rejects
 * @param atOnce tasks that run at the same time
 */
export function createTaskQueue(run: (task: DecodeTask) => Promise<void>, atOnce: number): TaskQueue {
  const now = new Map<string, DecodeTask>();
  const ahead = new Map<string, DecodeTask>();
  let running = 0;
  const next = (): void => {
    const from = now.size > 0 ? now : ahead;
    const [first] = from.values();
    if (first === undefined || running >= atOnce) return;
    from.delete(first.id);
    running += 1;
    run(first).finally(() => {
      running -= 1;
      next();
    });
    next();
  };
  return {
    add: (task, urgency) => {
      (urgency === "now" ? now : ahead).set(task.id, task);
      next();
    },
    hurry: (id) => {
      const task = ahead.get(id);
      if (task === undefined) return;
      ahead.delete(id);
      now.set(id, task);
    },
    forgetAhead: () => {
      const forgotten = [...ahead.values()];
      ahead.clear();
      return forgotten;
    },
  };
}
