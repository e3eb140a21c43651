import type { DimseServer } from "@etalon/dicom/network";
import { pino } from "pino";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { type DimseConfig, readConfig } from "../../config.ts";
import { createDimseMetrics } from "../dimse-metrics.ts";
import { serveDimse } from "../serve-dimse.ts";

/** The DICOM side of the server in this process, over an archive of its own. */
export interface ServedDimse {
  readonly opened: TestArchive;
  readonly server: DimseServer;
  /** How it is called. */
  readonly destination: {
    readonly host: string;
    readonly port: number;
    readonly callingAeTitle: string;
    readonly calledAeTitle: string;
  };
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startServedDimse(said: Partial<DimseConfig> = {}): Promise<ServedDimse> {
  const opened = await openTestArchive();
  const { archive, scope } = opened;
  const config = { ...readConfig({}).dimse, port: 0, ...said };
  const log = pino({ enabled: false });
  const server = await serveDimse({ config, archive, scope, log, metrics: createDimseMetrics() }).catch(
    async (thrown: unknown) => {
      await opened.close();
      throw thrown;
    },
  );
  return {
    opened,
    server,
    destination: { host: "127.0.0.1", port: server.port, callingAeTitle: "TEST", calledAeTitle: config.aeTitle },
    close: async () => {
      await server.close(1000);
      await opened.close();
    },
  };
}
