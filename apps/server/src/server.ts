import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Metric } from "prom-client";
import { type FirstSignIn, prepareFirstSignIn } from "./accounts/first-administrator.ts";
import type { ServerConfig } from "./config.ts";
import { openCore, openQueueing, type QueueingCore, type ServerCore, type Stops } from "./core.ts";
import { createDimseMetrics } from "./dimse/dimse-metrics.ts";
import { isLoopback } from "./http/host-guard.ts";
import { createQueueMetrics } from "./jobs/queue-metrics.ts";
import { startWorkers } from "./jobs/start-workers.ts";
import { createWorkMetrics, type WorkMetrics } from "./jobs/work-metrics.ts";
import { storePhantom } from "./phantom/store-phantom.ts";
import { createReadingWork } from "./reading/reading-work.ts";
import { signingWork } from "./reading/signing-work.ts";
import { type DeviceAddresses, serveDevices } from "./serve-devices.ts";
import { serveOperations, serveWeb } from "./serve-web.ts";

/** A server that runs. */
export interface RunningServer extends Partial<DeviceAddresses> {
  /** Absolute URL, with the base path and without a slash at its end. */
  readonly url: string;
  /** What only the start screen shows: never the log. */
  readonly firstSignIn: FirstSignIn | undefined;
  /** UID of the phantom study that this start stored and measured. */
  readonly phantomStudy?: string;
  /** Says that it ends, finishes what is under way, then ends all that {@link startServer} began, the last first. */
  stop(): Promise<void>;
}

/** Where the start screen is shown. */
export interface StartScreen {
  /** Whether somebody reads it now: what a service writes is kept by its supervisor. */
  readonly isTerminal: boolean;
  /** Whether an archive that holds nothing yet gets a phantom study to look at. */
  readonly isPhantomWanted?: boolean;
}

/**
 * Starts what the roles of this process name: the database and its migrations, the store, the archive, DICOM, HL7, the
 * workers, HTTP. Settles when requests are taken; where a part fails, those before it are ended again.
 *
 * @throws {EtalonError} what is wrong with the configuration, the data folder or the database; `port-in-use`
 */
export async function startServer(config: ServerConfig, log: Logger, screen: StartScreen): Promise<RunningServer> {
  const stops: Stops = [];
  const ending = new AbortController();
  const stop = async (): Promise<void> => {
    ending.abort();
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const served = await startRoles(await openCore(config, log, stops), { ending: ending.signal, stops, screen });
    return {
      ...served,
      stop: async () => {
        ending.abort();
        if (config.drainSeconds > 0) await pause(config.drainSeconds * 1000);
        await stop();
      },
    };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

interface Starting {
  readonly ending: AbortSignal;
  readonly stops: Stops;
  readonly screen: StartScreen;
}

async function startRoles(core: ServerCore, starting: Starting): Promise<Omit<RunningServer, "stop">> {
  const { ending, stops, screen } = starting;
  const { config } = core;
  const { roles } = config;
  const metrics: Metric[] = [];
  const devices = roles.has("dimse") ? await startDevices(core, metrics, stops) : {};
  const queueing = roles.has("web") || roles.has("worker") ? await openQueueing(core, stops) : undefined;
  if (queueing !== undefined) metrics.push(...createQueueMetrics(core.database.kysely));
  if (queueing !== undefined && roles.has("worker") && config.measuring.workers > 0) {
    const work = createWorkMetrics();
    metrics.push(...Object.values(work));
    startMeasuring(queueing, work, stops);
  }
  if (queueing === undefined || !roles.has("web")) {
    const operations = await serveOperations(core, { metrics, ending });
    stops.push(() => operations.close());
    return { url: operations.url, ...devices, firstSignIn: undefined };
  }
  const web = await serveWeb(queueing, { metrics, ending });
  stops.push(() => web.close());
  const place = { database: core.database.kysely, clock: () => new Date(), siteId: core.siteId };
  const isLinkWanted = linkWanted(config, screen);
  const firstSignIn = config.accounts.isOn ? await prepareFirstSignIn(place, { isLinkWanted }) : undefined;
  const phantomStudy = screen.isPhantomWanted === true ? await storePhantom(queueing) : undefined;
  return { url: web.url, ...devices, firstSignIn, ...(phantomStudy === undefined ? {} : { phantomStudy }) };
}

async function startDevices(core: ServerCore, metrics: Metric[], stops: Stops): Promise<DeviceAddresses> {
  const dimse = createDimseMetrics();
  metrics.push(...Object.values(dimse));
  return serveDevices(core, dimse, stops);
}

function startMeasuring(core: QueueingCore, metrics: WorkMetrics, stops: Stops): void {
  const { config, queue, events, archive, database, log } = core;
  const { storeFolder, s3, measuring } = config;
  const readings = createReadingWork(signingWork(core));
  const parts = { queue, events, archive, log, metrics, readings, store: { storeFolder, s3 }, ...measuring };
  const workers = startWorkers({ ...parts, database: database.kysely, clock: () => new Date() });
  stops.push(() => workers.stop());
}

/** A link that opens logged in is for somebody who sits at this machine. */
function linkWanted({ http }: ServerConfig, { isTerminal }: StartScreen): "always" | "at-first" | "never" {
  if (!isLoopback(http.host) || http.trustedProxies.length > 0) return "never";
  return isTerminal ? "always" : "at-first";
}
