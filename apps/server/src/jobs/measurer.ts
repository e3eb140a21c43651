import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { MeasuringMessage, MeasuringOutcome, MeasuringStep, MeasuringTask } from "./process/measuring-messages.ts";

/** Measures in another process, one task at a time. */
export interface Measurer {
  /**
   * Settles with the task's end; where its process dies or grows too large, that is a `broken` one.
   *
   * @throws the signal's reason once it is aborted, the process being killed then
   */
  measure(task: MeasuringTask, watch: MeasuringWatch): Promise<MeasuringOutcome>;
  /** Ends the process. */
  stop(): void;
}

/** Who watches a task. */
export interface MeasuringWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (step: MeasuringStep, progress: number) => void;
}

const program = fileURLToPath(new URL("process/measuring-process.ts", import.meta.url));

/** Between two looks at the memory of a process. */
const lookEveryMs = 500;

/** Part of its bound above which a process is replaced after its task: what it holds is nobody's any more. */
const replacedAbove = 0.5;

/**
 * A measurer whose process is started with its first task, kept for the next, and killed where it takes more memory than it
 * may. Nothing of this process's environment is handed on.
 */
export function createMeasurer({ memoryMb }: { readonly memoryMb: number }): Measurer {
  let current: ChildProcess | undefined;
  const start = (): ChildProcess => {
    if (current !== undefined) return current;
    const child = fork(program, [], {
      env: {},
      execArgv: [`--max-old-space-size=${memoryMb}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.once("exit", () => {
      if (current === child) current = undefined;
    });
    // A process that cannot be started or written to ends, and says so there.
    child.on("error", () => kill(child));
    current = child;
    return child;
  };
  const kill = (child: ChildProcess): void => {
    if (current === child) current = undefined;
    child.kill("SIGKILL");
  };
  const replaceLarge = async (child: ChildProcess): Promise<void> => {
    if ((await residentMb(child)) > memoryMb * replacedAbove) kill(child);
  };
  return {
    measure: (task, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const child = start();
        let excess = false;
        const looking = setInterval(async () => {
          if ((await residentMb(child)) <= memoryMb) return;
          excess = true;
          kill(child);
        }, lookEveryMs);
        const end = (settle: () => unknown): void => {
          clearInterval(looking);
          signal.removeEventListener("abort", aborted);
          child.off("message", received).off("exit", exited);
          settle();
        };
        const aborted = (): void => {
          kill(child);
          end(() => reject(signal.reason));
        };
        const exited = (): void =>
          end(() => resolve({ kind: "broken", errorCode: excess ? "memory-exceeded" : "worker-ended" }));
        // Both ends of the channel are of this program.
        const received = (message: unknown): void => {
          const said = message as MeasuringMessage;
          if (said.kind === "progress") onProgress(said.step, said.progress);
          else end(() => replaceLarge(child).then(() => resolve(said.outcome)));
        };
        signal.addEventListener("abort", aborted, { once: true });
        child.on("message", received).once("exit", exited);
        child.send(task, (error) => {
          if (error !== null) kill(child);
        });
      }),
    stop: () => {
      if (current !== undefined) kill(current);
    },
  };
}

/** Megabytes that a process holds in memory; 0 where the system does not say. */
async function residentMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
