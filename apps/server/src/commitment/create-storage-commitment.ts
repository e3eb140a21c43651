import { type ActionRequest, type DimseHandlers, dimseStatus } from "@etalon/dicom/network";
import { attemptReport } from "./attempt-report.ts";
import type { OwedReport } from "./commitment-request.ts";
import { usualCommitmentTimes } from "./commitment-times.ts";
import { readCommitmentRequest } from "./read-commitment-request.ts";
import { claimReport, recordRequest } from "./request-table.ts";
import type { StorageCommitmentParts } from "./storage-commitment-parts.ts";
import { wakeablePause } from "./wakeable-pause.ts";

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
  const pause = wakeablePause();
  let running: Promise<void> | undefined;

  const action = async (request: ActionRequest): Promise<{ readonly status: number }> => {
    const asked = readCommitmentRequest(request);
    const requester = { siteId, aeTitle: request.peer.callingAeTitle };
    const id = await recordRequest(database, requester, { ...asked, leadMs: times.pollMs });
    reports.set(id, request.report);
    fresh.push(id);
    pause.end();
    return { status: dimseStatus.success };
  };

  const begin = (owed: OwedReport): void => {
    const attempt = attemptReport(parts, owed, { report: reports.get(owed.id), signal, times }).finally(() => {
      underWay.delete(owed.id);
      reports.delete(owed.id);
      pause.end();
    });
    underWay.set(owed.id, attempt);
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const isFull = underWay.size >= mostUnderWay;
      const owed = isFull ? undefined : await claimNext();
      if (owed !== undefined) begin(owed);
      else if (isFull || fresh.length === 0) await pause.of(times.pollMs, signal);
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

  return {
    handlers: { action },
    start: () => {
      running ??= run();
    },
    stop: async () => {
      ending.abort();
      pause.end();
      await running;
    },
  };
}
