import type { DimseEvent, Peer } from "@etalon/dicom/network";
import type { Logger } from "pino";
import type { DimseMetrics } from "./dimse-metrics.ts";

/** Logs and counts what becomes of associations: AE titles and addresses, nothing of what was asked or sent. */
export function logEvents(log: Logger, metrics: DimseMetrics): (event: DimseEvent) => void {
  return (event) => {
    const peer = event.peer === undefined ? {} : { peer: nameOf(event.peer) };
    switch (event.kind) {
      case "accepted":
        metrics.associations.inc({ result: "accepted" });
        log.info(peer, "association accepted");
        break;
      case "refused":
        metrics.associations.inc({ result: "refused" });
        log.warn({ ...peer, reason: event.reason }, "association refused");
        break;
      case "ended":
        log.info({ ...peer, end: event.end.kind, reason: event.end.reason }, "association ended");
        break;
      case "failed":
        log.warn({ ...peer, err: event.error }, "DIMSE operation failed");
        break;
    }
  };
}

function nameOf({ callingAeTitle, calledAeTitle, remoteAddress }: Peer): Readonly<Record<string, string>> {
  return { calling: callingAeTitle, called: calledAeTitle, address: remoteAddress };
}
