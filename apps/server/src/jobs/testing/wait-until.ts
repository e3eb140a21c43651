import { setTimeout as pause } from "node:timers/promises";

/** Asks again and again until there is an answer, as long as a machine that does ten other things may take. @throws after that */
export async function waitUntil<T>(ask: () => Promise<T | undefined>, withinMs = 240_000): Promise<T> {
  const latest = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > latest) throw new Error(`nothing after ${withinMs} ms`);
    await pause(50);
  }
}
