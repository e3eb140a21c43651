import { type ActionRequest, dimseStatus } from "@etalon/dicom/network";
import { checkInstances } from "./check-instances.ts";
import type { FailedReference, OwedReport } from "./commitment-request.ts";
import { type CommitmentTimes, retryDelayMs } from "./commitment-times.ts";
import { reportOf } from "./report-of.ts";
import { endRequest, keepFailed, noteCommitted, postponeReport } from "./request-table.ts";
import { sendReport } from "./send-report.ts";
import type { StorageCommitmentParts } from "./storage-commitment-parts.ts";

/** How one attempt is made. */
interface Attempt {
  /** On the association that asked, where this program has it. */
  readonly report: ActionRequest["report"] | undefined;
  readonly signal: AbortSignal;
  readonly times: CommitmentTimes;
}

/** Checks what is asked for, where that was not done yet, and reports it; else leaves it for later, or for good. Never rejects. */
export async function attemptReport(parts: StorageCommitmentParts, owed: OwedReport, attempt: Attempt): Promise<void> {
  const { database, log, aeTitle, destinationOf } = parts;
  const { id, requesterAeTitle, transactionUid, references, attempts, ageMs } = owed;
  const { signal, times, report } = attempt;
  const destination = destinationOf(requesterAeTitle);
  const node = destination === undefined ? "not in ETALON_DIMSE_NODES" : `${destination.host}:${destination.port}`;
  const said = { requester: requesterAeTitle, node, transactionUid };
  try {
    const failed = owed.failed ?? (await checkOnce(parts, owed, signal));
    const { connectTimeoutMs } = times;
    const titles = { callingAeTitle: aeTitle, calledAeTitle: requesterAeTitle };
    await sendReport(reportOf(owed, failed, aeTitle), { report, destination, signal, connectTimeoutMs, ...titles });
    await endRequest(database, id, "reported");
    const counts = { committed: references.length - failed.length, failed: failed.length, attempts };
    log.info({ ...said, ...counts }, "storage commitment reported");
  } catch (error) {
    const isOver = !signal.aborted && ageMs >= times.giveUpAfterMs;
    // What was stopped is tried at once by the next start.
    const waitMs = signal.aborted ? 0 : retryDelayMs(attempts, times);
    if (isOver) log.error({ ...said, attempts, err: error }, "storage commitment given up: its report was never taken");
    else if (!signal.aborted)
      log.warn({ ...said, attempts, waitMs, err: error }, "storage commitment not reported yet");
    try {
      await (isOver ? endRequest(database, id, "given-up") : postponeReport(database, id, waitMs));
    } catch (thrown) {
      log.error({ ...said, err: thrown }, "storage commitment: the database is away; the report stays owed");
    }
  }
}

async function checkOnce(
  parts: StorageCommitmentParts,
  owed: OwedReport,
  signal: AbortSignal,
): Promise<readonly FailedReference[]> {
  const failed = owed.isDuplicate
    ? owed.references.map((each) => ({ ...each, failureReason: dimseStatus.duplicateTransactionUid }))
    : await checkInstances(parts, owed, signal);
  const failedUids = new Set(failed.map(({ sopInstanceUid }) => sopInstanceUid));
  await noteCommitted(
    parts.database,
    owed.siteId,
    owed.references.map(({ sopInstanceUid }) => sopInstanceUid).filter((uid) => !failedUids.has(uid)),
  );
  await keepFailed(parts.database, owed.id, failed);
  return failed;
}
