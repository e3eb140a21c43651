import { createInterface } from "node:readline";

/** Answers each line of standard input with one line of JSON, one after the other, until the input ends. */
export async function answerCommands(answer: (command: string) => Promise<object>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line.trim()))}\n`);
  }
}
