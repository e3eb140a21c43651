import type { Logger } from "pino";
import { type FirstSignIn, prepareFirstSignIn } from "./accounts/first-administrator.ts";
import { startAccountUpkeep } from "./accounts/start-account-upkeep.ts";
import type { ServerConfig } from "./config.ts";
import { openCore, type Stops } from "./core.ts";
import { createDimseMetrics } from "./dimse/dimse-metrics.ts";
import { isLoopback } from "./http/host-guard.ts";
import { startWorkers } from "./jobs/start-workers.ts";
import { type DeviceAddresses, serveDevices } from "./serve-devices.ts";
import { serveWeb } from "./serve-web.ts";

/** A server that runs. */
export interface RunningServer extends DeviceAddresses {
  /** Absolute URL, with the base path and without a slash at its end. */
  readonly url: string;
  /** What only the start screen shows: never the log. */
  readonly firstSignIn: FirstSignIn | undefined;
  /** Finishes what is under way, then ends all that {@link startServer} began, the last first. */
  stop(): Promise<void>;
}

/** Where the start screen is shown. */
export interface StartScreen {
  /** Whether somebody reads it now: what a service writes is kept by its supervisor. */
  readonly isTerminal: boolean;
}

/**
 * Starts everything: the database and its migrations, the store, the archive, DICOM, HL7, the workers, HTTP. Settles when
 * requests are taken; where a part fails, those before it are ended again.
 *
 * @throws {EtalonError} what is wrong with the configuration, the data folder or the database; `port-in-use`
 */
export async function startServer(config: ServerConfig, log: Logger, screen: StartScreen): Promise<RunningServer> {
  const stops: Stops = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const core = await openCore(config, log, stops);
    const metrics = createDimseMetrics();
    const addresses = await serveDevices(core, metrics, stops);
    if (config.measuring.workers > 0) {
      const { queue, events, archive, database } = core;
      const measuring = {
        queue,
        events,
        archive,
        log,
        store: { storeFolder: config.storeFolder, s3: config.s3 },
        ...config.measuring,
      };
      const workers = startWorkers({ ...measuring, database: database.kysely, clock: () => new Date() });
      stops.push(() => workers.stop());
    }
    const web = await serveWeb(core, Object.values(metrics));
    stops.push(() => web.close());
    const place = { database: core.database.kysely, clock: () => new Date(), siteId: core.siteId };
    const accountUpkeep = startAccountUpkeep(place, log);
    stops.push(() => accountUpkeep.stop());
    const isLinkWanted = linkWanted(config, screen);
    const firstSignIn = config.accounts.isOn ? await prepareFirstSignIn(place, { isLinkWanted }) : undefined;
    return { url: web.url, ...addresses, firstSignIn, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

/** A link that opens logged in is for somebody who sits at this machine. */
function linkWanted({ http }: ServerConfig, { isTerminal }: StartScreen): "always" | "at-first" | "never" {
  if (!isLoopback(http.host) || http.trustedProxies.length > 0) return "never";
  return isTerminal ? "always" : "at-first";
}
