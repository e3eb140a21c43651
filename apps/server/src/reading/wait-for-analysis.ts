import { parseAnalysisEvent } from "../analyses/analysis-event.ts";
import type { EventChannel } from "../jobs/event-channel.ts";
import type { Database } from "./reading-place.ts";

/** Between two looks where nothing was heard: the connection that listens may be away. */
const lookEveryMs = 1000;

/** Waits until an analysis has ended, or as long as it may take. */
export async function waitForAnalysis(
  { database, events }: { readonly database: Database; readonly events: EventChannel },
  id: number,
  longestMs: number,
): Promise<void> {
  const latest = performance.now() + longestMs;
  let wake = (): void => {};
  const deaf = events.listen({
    notified: (payload) => {
      if (parseAnalysisEvent(payload)?.id === id) wake();
    },
  });
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const row = await database.selectFrom("analysis").select("state").where("id", "=", id).executeTakeFirst();
      const left = latest - performance.now();
      if (left <= 0 || (row?.state !== "queued" && row?.state !== "running")) return;
      let timer: NodeJS.Timeout | undefined;
      const looked = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.min(left, lookEveryMs));
      });
      await Promise.race([woken, looked]);
      clearTimeout(timer);
    }
  } finally {
    deaf();
  }
}
