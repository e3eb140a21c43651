import { Readable } from "node:stream";
import type { EventChannel } from "../jobs/event-channel.ts";
import { parseReadingEvent, type ReadingEvent } from "../reading/reading-event.ts";
import { type AnalysisEvent, parseAnalysisEvent } from "./analysis-event.ts";
import type { Analysis } from "./find-analyses.ts";

/** Milliseconds between two comments that keep proxies from closing a silent stream. */
const heartbeatMs = 15_000;

/** Milliseconds after which a reader must come again, and show again who it is: a session may have ended meanwhile. */
const longestMs = 5 * 60_000;

/** Characters that wait for a slow reader; beyond it is cut off, and comes again with what it has missed. */
const mostWaiting = 1024 * 1024;

/** One stream of server-sent events, and how to end it. */
export interface EventStream {
  readonly readable: Readable;
  /** Ends it: the last event has been sent, or the server stops. */
  end(): void;
}

/** What a stream tells. */
export interface StreamParts {
  readonly events: EventChannel;
  /** Whether an event is for this reader. */
  readonly isFor: (event: AnalysisEvent) => boolean | Promise<boolean>;
  /** Whether what happened to a reading is; none of it where absent. */
  readonly isReadingFor?: (event: ReadingEvent) => boolean | Promise<boolean>;
  /**
   * What is told first: where things stand, or what was missed. Read after the stream has begun to listen. Where there is more,
   * the stream ends after it, and the reader comes again for the rest.
   */
  readonly standing: () => Promise<{ readonly analyses: readonly Analysis[]; readonly isWhole: boolean }>;
  /** Whether an event is the last that will ever come. */
  readonly isLast: (event: Pick<AnalysisEvent, "state">) => boolean;
}

/**
 * Changes of analyses as server-sent events (HTML Living Standard, section 9.2), as they are told by whichever process makes
 * them. Each event is an analysis as it stands, named by its revision: a reader that comes again with Last-Event-ID is told
 * of all that changed since.
 */
export function createEventStream({ events, isFor, isReadingFor, standing, isLast }: StreamParts): EventStream {
  const readable = new Readable({ read: () => {} });
  let held: AnalysisEvent[] | undefined = [];
  const write = (text: string): void => {
    if (readable.destroyed || readable.readableEnded) return;
    readable.push(text);
    if (readable.readableLength > mostWaiting) readable.destroy();
  };
  const tell = (event: Pick<AnalysisEvent, "state" | "revision">): void => {
    write(`id: ${event.revision}\nevent: analysis\ndata: ${JSON.stringify(event)}\n\n`);
    if (isLast(event)) end();
  };
  const hear = (event: AnalysisEvent): void => {
    if (held === undefined) tell(shown(event));
    else held.push(event);
  };
  // One after the other, so that they stay in their order.
  let told = Promise.resolve();
  const hearIfFor = async (event: AnalysisEvent): Promise<void> => {
    if (await isFor(event)) hear(event);
  };
  // Without an id: what is missed is not told again, a reader that comes again asks how its readings stand.
  const tellReadingIfFor = async ({ siteId, ...event }: ReadingEvent): Promise<void> => {
    if ((await isReadingFor?.({ siteId, ...event })) !== true) return;
    write(`event: reading\ndata: ${JSON.stringify(event)}\n\n`);
  };
  const deaf = events.listen({
    notified: (payload) => {
      const event = parseAnalysisEvent(payload);
      if (event !== undefined) told = told.then(() => hearIfFor(event)).catch(() => end());
      const reading = event === undefined && isReadingFor !== undefined ? parseReadingEvent(payload) : undefined;
      if (reading !== undefined) told = told.then(() => tellReadingIfFor(reading)).catch(() => end());
    },
    // What was told meanwhile is not known: the reader comes again and is told where things stand.
    resumed: () => end(),
  });
  const beating = setInterval(() => write(": still here\n\n"), heartbeatMs);
  const lasting = setTimeout(() => end(), longestMs);
  function end(): void {
    clearTimeout(lasting);
    clearInterval(beating);
    deaf();
    if (!readable.destroyed && !readable.readableEnded) readable.push(null);
  }
  readable.once("close", end);
  write("retry: 1000\n\n");
  standing().then(
    ({ analyses, isWhole }) => {
      const revisions = new Map(analyses.map(({ id, revision }) => [id, revision]));
      for (const analysis of analyses) tell(analysis);
      if (!isWhole) return end();
      for (const event of held ?? []) if (event.revision > (revisions.get(event.id) ?? 0)) tell(shown(event));
      held = undefined;
    },
    () => end(),
  );
  return { readable, end };
}

/** What a reader sees of an event. */
function shown({ siteId: _, ...event }: AnalysisEvent): Omit<AnalysisEvent, "siteId"> {
  return event;
}
