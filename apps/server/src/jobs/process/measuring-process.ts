/**
 * The process that measures: takes one task after the other from the process that started it, and ends with it. It has no
 * database and keeps nothing, so that it can be killed at any moment.
 */
import { EtalonError, RefusalError } from "@etalon/base";
import type { BlobStore } from "../../store/blob-store.ts";
import { openBlobStore } from "../../store/open-blob-store.ts";
import { measureTask } from "./measure-task.ts";
import type { MeasuringMessage, MeasuringOutcome, MeasuringTask } from "./measuring-messages.ts";

/** Milliseconds between two messages about progress. */
const progressEveryMs = 100;

/** What may be otherwise the next time: the store, not what is in it. */
const passing: ReadonlySet<string> = new Set(["blob-missing", "store-failed", "store-full"]);

// The parent sends nothing but tasks: the channel is between two processes of one program.
process.on("message", (task: MeasuringTask) => {
  run(task).then((outcome) => say({ kind: "ended", outcome }));
});
process.on("disconnect", () => process.exit(0));

async function run(task: MeasuringTask): Promise<MeasuringOutcome> {
  let told = { step: "", at: 0 };
  try {
    const store = await storeOf(task);
    const measured = await measureTask(task, store, (step, progress) => {
      const at = performance.now();
      if (step === told.step && at - told.at < progressEveryMs) return;
      told = { step, at };
      say({ kind: "progress", step, progress });
    });
    return { kind: "done", ...measured };
  } catch (thrown) {
    return outcomeOf(thrown);
  }
}

/** The store of the last task, which is that of all: an open one has a temporary folder of its own. */
let opened: { readonly choice: string; readonly store: BlobStore } | undefined;

async function storeOf(task: MeasuringTask): Promise<BlobStore> {
  const choice = JSON.stringify(task.store);
  if (opened?.choice !== choice) opened = { choice, store: await openBlobStore(task.store) };
  return opened.store;
}

function outcomeOf(thrown: unknown): MeasuringOutcome {
  if (thrown instanceof RefusalError) return { kind: "refused", errorCode: thrown.code };
  if (!(thrown instanceof EtalonError)) return { kind: "broken", errorCode: "worker-ended" };
  return { kind: passing.has(thrown.code) ? "broken" : "failed", errorCode: thrown.code };
}

function say(message: MeasuringMessage): void {
  process.send?.(message);
}
