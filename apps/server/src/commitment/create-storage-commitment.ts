import { type ActionRequest, type DimseHandlers, dimseStatus } from "@etalon/dicom/network";
import { type CommitmentPlace, checkInstances } from "./check-instances.ts";
import type { FailedReference, OwedReport } from "./commitment-request.ts";
import { type CommitmentTimes, retryDelayMs, usualCommitmentTimes } from "./commitment-times.ts";
import { readCommitmentRequest } from "./read-commitment-request.ts";
import { reportOf } from "./report-of.ts";
import { claimReport, endRequest, keepFailed, postponeReport, recordRequest } from "./request-table.ts";
import { type CommitmentDestination, sendReport } from "./send-report.ts";

/** What storage commitment stands on. */
export interface StorageCommitmentParts extends CommitmentPlace {
  readonly siteId: number;
  /** Of this archive: reports are sent, and images can be retrieved, under it. */
  readonly aeTitle: string;
  /** Where a requester takes associations, `undefined` for one that no node is configured for. */
  readonly destinationOf: (aeTitle: string) => CommitmentDestination | undefined;
  readonly times?: CommitmentTimes;
}

/** The Storage Commitment Push Model as SCP (PS3.4 annex J). */
export interface StorageCommitment {
  /** For `serveDimse`. */
  readonly handlers: Required<Pick<DimseHandlers, "action">>;
  /** Sends what is owed, from before this start too, until it is stopped. */
  start(): void;
  /** Settles when nothing of it runs any more. Reports that were under way are owed to the next start. */
  stop(): Promise<void>;
}

/** Reports under way at once: one reads the store, others may wait for peers that do not answer. */
const mostUnderWay = 4;

/**
 * Storage commitment: a request is answered once it is safe in the database; then its instances are checked and its report
 * sent, again and again with growing pauses, across restarts, until the requester takes it or `times.giveUpAfterMs` is over.
 */
export function createStorageCommitment(parts: StorageCommitmentParts): StorageCommitment {
  const { database, log, siteId, times = usualCommitmentTimes } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  const fresh: number[] = [];
  const reports = new Map<number, ActionRequest["report"]>();
  const underWay = new Map<number, Promise<void>>();
  let wake = (): void => {};
  let running: Promise<void> | undefined;

  const action = async (request: ActionRequest): Promise<{ readonly status: number }> => {
    const asked = readCommitmentRequest(request);
    const requester = { siteId, aeTitle: request.peer.callingAeTitle };
    const id = await recordRequest(database, requester, { ...asked, leadMs: times.pollMs });
    reports.set(id, request.report);
    fresh.push(id);
    wake();
    return { status: dimseStatus.success };
  };

  const begin = (owed: OwedReport): void => {
    const attempt = attemptReport(parts, owed, { report: reports.get(owed.id), signal, times }).finally(() => {
      underWay.delete(owed.id);
      reports.delete(owed.id);
      wake();
    });
    underWay.set(owed.id, attempt);
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const isFull = underWay.size >= mostUnderWay;
      const owed = isFull ? undefined : await claimNext();
      if (owed === undefined) await pause(times.pollMs);
      else begin(owed);
    }
    await Promise.all(underWay.values());
  };

  const claimNext = async (): Promise<OwedReport | undefined> => {
    const id = fresh.shift();
    try {
      const claim = { except: [...underWay.keys()], leaseMs: times.leaseMs };
      const owed = await claimReport(database, { ...claim, id });
      if (owed !== undefined || id === undefined) return owed;
      // Another program was quicker.
      if (!underWay.has(id)) reports.delete(id);
      return await claimReport(database, claim);
    } catch (error) {
      // The database may be away for a moment: the next look tries again.
      log.error({ err: error }, "storage commitment: owed reports could not be read");
      return undefined;
    }
  };

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const isWoken = signal.aborted || (fresh.length > 0 && underWay.size < mostUnderWay);
      const timer = setTimeout(resolve, isWoken ? 0 : ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    handlers: { action },
    start: () => {
      running ??= run();
    },
    stop: async () => {
      ending.abort();
      wake();
      await running;
    },
  };
}

interface Attempt {
  readonly report: ActionRequest["report"] | undefined;
  readonly signal: AbortSignal;
  readonly times: CommitmentTimes;
}

/** One attempt, whatever comes of it: never rejects. */
async function attemptReport(parts: StorageCommitmentParts, owed: OwedReport, attempt: Attempt): Promise<void> {
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
  await keepFailed(parts.database, owed.id, failed);
  return failed;
}
