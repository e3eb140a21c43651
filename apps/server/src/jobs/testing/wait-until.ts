import { setTimeout as pause } from "node:timers/promises";

/** Asks again and again until there is an answer. @throws after `withinMs` milliseconds */
export async function waitUntil<T>(ask: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const latest = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > latest) throw new Error(`nothing after ${withinMs} ms`);
    await pause(50);
  }
}
