import { EtalonError } from "@etalon/base";
import { type CodecSet, createCodecSet } from "@etalon/dicom";
import { type DimseHandlers, type DimseServer, startDimseServer } from "@etalon/dicom/network";
import type { Logger } from "pino";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive } from "../archive/archive.ts";
import type { DimseConfig } from "../config.ts";
import { readTls } from "../read-tls.ts";
import type { DimseContext } from "./dimse-context.ts";
import { createDimseHandlers } from "./dimse-handlers.ts";
import type { DimseMetrics } from "./dimse-metrics.ts";
import { answerExtended } from "./extended-negotiation.ts";
import { logEvents } from "./log-events.ts";
import { readDestinations } from "./read-destinations.ts";

/** What the DICOM side of the server stands on. */
export interface DimseParts {
  readonly config: DimseConfig;
  readonly archive: Archive;
  /** Of every peer, with its AE title in the purpose. */
  readonly scope: Omit<AccessScope, "purpose">;
  readonly log: Logger;
  readonly metrics: DimseMetrics;
  /** Decodes for peers that do not take what is stored; in this thread where absent. */
  readonly codecs?: CodecSet;
  /** Services besides those of the archive: the worklist. */
  readonly services?: DimseHandlers;
}

/**
 * Takes DICOM associations: verification, storage, query and retrieve, and `services`.
 *
 * @throws {EtalonError} `port-in-use` where it cannot listen; `file-unreadable` for a key or certificate that is none
 */
export async function serveDimse(parts: DimseParts): Promise<DimseServer> {
  const { config, archive, scope, log, metrics, services, codecs = createCodecSet() } = parts;
  const context: DimseContext = {
    config,
    archive,
    destinationOf: await readDestinations(config),
    scopeOf: ({ callingAeTitle }) => ({ ...scope, purpose: `dimse:${callingAeTitle}` }),
    codecs,
    metrics,
  };
  const { host, port, aeTitle, callers, tls, maxPduLength, maxAssociations } = config;
  const options = {
    host,
    port,
    maxPduLength,
    maxAssociations,
    handlers: { ...createDimseHandlers(context), ...services },
    calledAeTitles: [aeTitle],
    ...(callers === undefined ? {} : { callers }),
    ...(tls === undefined ? {} : { tls: await readTls(tls) }),
    answerExtended,
    onEvent: logEvents(log, metrics),
  };
  try {
    return await startDimseServer(options);
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const received = `${host}:${port}`;
    throw new EtalonError("port-in-use", { field: "ETALON_DIMSE_PORT", received, details: { reason }, cause });
  }
}
