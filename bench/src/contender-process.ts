import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Answer, parseAnswer } from "./answer.ts";

/** A process that answers each command with one line of JSON and waits for the next: its data stay in memory. */
export interface ContenderProcess {
  readonly ask: (command: string) => Promise<Answer>;
  readonly end: () => void;
}

/** Starts a contender. An answer fails when the process ends without giving it; what it says in error is passed on. */
export function startContender(program: string, args: readonly string[]): ContenderProcess {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (command) => {
      child.stdin.write(`${command}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${program} ${args.join(" ")} ended at "${command}"`);
      return parseAnswer(value);
    },
    end: () => child.stdin.end(),
  };
}

/** Runs a program from start to end and answers with its last line and the wall time of the whole, start-up included. */
export async function runToEnd(
  program: string,
  args: readonly string[],
): Promise<{ readonly seconds: number; readonly answer: Answer }> {
  const before = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  const exitCode = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const seconds = (performance.now() - before) / 1000;
  if (exitCode !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${String(exitCode)}`);
  return { seconds, answer: parseAnswer(text.trimEnd().split("\n").at(-1) ?? "") };
}
