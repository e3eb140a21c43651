import type { Logger } from "pino";
import type { ServerConfig } from "./config.ts";
import { openCore, type Stops } from "./core.ts";
import { createDimseMetrics } from "./dimse/dimse-metrics.ts";
import { startWorkers } from "./jobs/start-workers.ts";
import { type DeviceAddresses, serveDevices } from "./serve-devices.ts";
import { serveWeb } from "./serve-web.ts";

/** A server that runs. */
export interface RunningServer extends DeviceAddresses {
  /** Absolute URL, with the base path and without a slash at its end. */
  readonly url: string;
  /** Finishes what is under way, then ends all that {@link startServer} began, the last first. */
  stop(): Promise<void>;
}

/**
 * Starts everything: the database and its migrations, the store, the archive, DICOM, HL7, the workers, HTTP. Settles when
 * requests are taken; where a part fails, those before it are ended again.
 *
 * @throws {EtalonError} what is wrong with the configuration, the data folder or the database; `port-in-use`
 */
export async function startServer(config: ServerConfig, log: Logger): Promise<RunningServer> {
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
      const measuring = { queue, events, archive, log, storeFolder: config.storeFolder, ...config.measuring };
      const workers = startWorkers({ ...measuring, database: database.kysely, clock: () => new Date() });
      stops.push(() => workers.stop());
    }
    const web = await serveWeb(core, Object.values(metrics));
    stops.push(() => web.close());
    return { url: web.url, ...addresses, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}
