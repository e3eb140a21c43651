/** When reports are tried, milliseconds. */
export interface CommitmentTimes {
  /** Between two looks for reports that are due. */
  readonly pollMs: number;
  /** After the first attempt that failed; doubled after each further one. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** Since the request, from which a report that was never taken is not tried again. */
  readonly giveUpAfterMs: number;
  /** For which an attempt belongs to the program that began it, which may have been killed since. */
  readonly leaseMs: number;
  /** For a requester to take an association. */
  readonly connectTimeoutMs: number;
}

/** As the server runs it: a modality that is switched off over a long weekend still gets its report. */
export const usualCommitmentTimes: CommitmentTimes = {
  pollMs: 5_000,
  firstRetryMs: 10_000,
  longestRetryMs: 30 * 60_000,
  giveUpAfterMs: 4 * 24 * 3_600_000,
  leaseMs: 60_000,
  connectTimeoutMs: 5_000,
};

/** How long to wait after so many attempts. */
export function retryDelayMs(attempts: number, { firstRetryMs, longestRetryMs }: CommitmentTimes): number {
  return Math.min(firstRetryMs * 2 ** Math.min(attempts - 1, 30), longestRetryMs);
}
