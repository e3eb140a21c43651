import type { WorklistRequest } from "@etalon/dicom/network";
import { createStorageCommitment } from "./commitment/create-storage-commitment.ts";
import type { ServerCore, Stops } from "./core.ts";
import type { DimseMetrics } from "./dimse/dimse-metrics.ts";
import { readDestinations } from "./dimse/read-destinations.ts";
import { serveDimse } from "./dimse/serve-dimse.ts";
import { serveHl7 } from "./hl7/serve-hl7.ts";
import { worklistHandler } from "./worklist/worklist-handler.ts";

/** Where devices and the systems that order examinations reach the server. */
export interface DeviceAddresses {
  /** Where DICOM associations are taken: "ETALON@127.0.0.1:4242". */
  readonly dicomAddress: string;
  /** Where orders are taken: "127.0.0.1:2575"; absent where they are not. */
  readonly hl7Address: string | undefined;
}

/** How long associations may take to finish what is under way once the server is asked to stop. */
const associationGraceMs = 30_000;

/**
 * Serves DICOM associations (the archive, the worklist, storage commitment) and HL7 orders, and adds to `stops` what ends each.
 *
 * @throws {EtalonError} `port-in-use`; `file-unreadable` for a key or certificate that is none
 */
export async function serveDevices(core: ServerCore, metrics: DimseMetrics, stops: Stops): Promise<DeviceAddresses> {
  const { config, log, archive, store, siteId, pictures } = core;
  const { kysely: database } = core.database;
  const scope = { siteId, actor: "local" };
  const { aeTitle } = config.dimse;
  const destinationOf = await readDestinations(config.dimse);
  const commitment = createStorageCommitment({ database, store, siteId, aeTitle, destinationOf, log });
  stops.push(() => commitment.stop());
  const worklist = worklistHandler({
    database,
    scopeOf: ({ peer }: WorklistRequest) => ({ ...scope, purpose: `dimse:${peer.callingAeTitle}` }),
  });
  const services = { worklist, ...commitment.handlers };
  const { codecs } = pictures;
  const dimse = await serveDimse({ config: config.dimse, archive, scope, log, metrics, services, codecs });
  stops.push(() => dimse.close(associationGraceMs));
  commitment.start();
  const orders = { database, scope: { ...scope, purpose: "hl7" }, log, clock: () => new Date() };
  const hl7 = await serveHl7(config.hl7, orders);
  stops.push(async () => hl7?.close());
  return {
    dicomAddress: `${aeTitle}@${addressOf(config.dimse.host, dimse.port)}`,
    hl7Address: config.hl7 && hl7 && addressOf(config.hl7.host, hl7.port),
  };
}

function addressOf(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
