import type { Logger } from "pino";
import type { AccountPlace } from "./account-place.ts";
import { forgetExpired } from "./sessions.ts";

const everyMs = 60 * 60_000;

/** Removes what expired, every hour, until it is stopped. */
export function startAccountUpkeep(place: AccountPlace, log: Logger): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = forgetExpired(place).catch((err: unknown) => log.warn({ err }, "expired sessions stay for now"));
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
