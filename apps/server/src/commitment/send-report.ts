import { EtalonError } from "@etalon/base";
import {
  type ActionRequest,
  type EventReportOptions,
  openAssociation,
  storageCommitmentSopClass,
} from "@etalon/dicom/network";
import type { NodeDestination } from "../dimse/read-destinations.ts";

/** The ways to a requester. */
export interface ReportRoute {
  /** The association that asked, as long as this program knows of one. */
  readonly report: ActionRequest["report"] | undefined;
  /** Its node, where one is configured. */
  readonly destination: NodeDestination | undefined;
  /** AE titles of this archive and of the requester. */
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly connectTimeoutMs: number;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** Explicit and implicit VR little endian. */
const transferSyntaxes = ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"];

/** For any sign of life once the association stands. */
const idleTimeoutMs = 30_000;

/**
 * Sends a report on the association that asked, where it is still open and takes events; else on one of its own, as SCP
 * (PS3.4 section J.3.3 leaves the SCP that choice).
 *
 * @throws EtalonError `context-not-accepted` (with no way to the requester: no node), `association-rejected`,
 *   `association-ended`; DimseError where the peer does not take it
 */
export async function sendReport(event: EventReportOptions, route: ReportRoute): Promise<void> {
  const { report, destination, signal, connectTimeoutMs, ...titles } = route;
  if (report !== undefined && (await isTaken(report, event))) return;
  if (destination === undefined) {
    const reason = "not one of the AE titles in ETALON_DIMSE_NODES";
    throw new EtalonError("association-ended", {
      field: titles.calledAeTitle,
      received: "no node",
      details: { reason },
    });
  }
  signal.throwIfAborted();
  const contexts = [
    { abstractSyntax: storageCommitmentSopClass, transferSyntaxes, role: { isScu: false, isScp: true } },
  ];
  const association = await openAssociation({ ...destination, ...titles, contexts, connectTimeoutMs, idleTimeoutMs });
  const abort = (): void => association.abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    await association.eventReport(event);
    await association.release();
  } finally {
    signal.removeEventListener("abort", abort);
    association.abort();
  }
}

/** Where the peer has gone, or refuses events here, it is asked on an association of its own. */
async function isTaken(report: ActionRequest["report"], event: EventReportOptions): Promise<boolean> {
  try {
    await report(event);
    return true;
  } catch (thrown) {
    if (thrown instanceof EtalonError) return false;
    throw thrown;
  }
}
