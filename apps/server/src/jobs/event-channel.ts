import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

/** What other processes say, as it comes. */
export interface ChannelListener {
  /** The payload of one notification. */
  readonly notified: (payload: string) => void;
  /** The connection was away for a while: what was said meanwhile is not known. */
  readonly resumed?: () => void;
}

/** Listens to one channel of the database (LISTEN/NOTIFY). */
export interface EventChannel {
  /** @returns ends this listener */
  listen(listener: ChannelListener): () => void;
  stop(): Promise<void>;
}

/** Between two attempts to connect again. */
const reconnectMs = 500;

/** A connection over which nothing came for this long is asked whether it lives. */
const aliveEveryMs = 10_000;

/**
 * Opens a connection that only listens, and makes a new one whenever it breaks, as where PostgreSQL is restarted.
 *
 * @param channel a name of letters and underscores
 */
export async function openEventChannel(
  { connectionString, channel }: { readonly connectionString: string; readonly channel: string },
  log: Logger,
): Promise<EventChannel> {
  const ending = new AbortController();
  const listeners = new Set<ChannelListener>();
  let current = await connect();
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await current.broken;
      if (ending.signal.aborted) return;
      log.warn("the connection that listens broke");
      for (;;) {
        await pause(reconnectMs, undefined, { signal: ending.signal });
        const next = await connect().catch(() => undefined);
        if (next === undefined) continue;
        current = next;
        break;
      }
      for (const { resumed } of [...listeners]) resumed?.();
    }
  };
  const ended = run().catch((thrown: unknown) => {
    if (!ending.signal.aborted) throw thrown;
  });

  async function connect(): Promise<{ readonly client: pg.Client; readonly broken: Promise<void> }> {
    const client = new pg.Client({ connectionString, keepAlive: true, application_name: "etalon-events" });
    const broken = new Promise<void>((resolve) => {
      client.once("error", () => resolve());
      client.once("end", () => resolve());
    });
    client.on("error", () => {});
    client.on("notification", ({ payload }) => {
      for (const { notified } of [...listeners]) notified(payload ?? "");
    });
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    const asking = setInterval(() => {
      client.query("SELECT 1").catch(() => client.end().catch(() => {}));
    }, aliveEveryMs);
    asking.unref();
    broken.then(() => clearInterval(asking));
    return { client, broken };
  }

  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      ending.abort();
      await current.client.end().catch(() => {});
      await ended;
    },
  };
}
