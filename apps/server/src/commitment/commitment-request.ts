/** One instance that a peer wants kept. */
export interface InstanceReference {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

/** One that is not kept. */
export interface FailedReference extends InstanceReference {
  /** FailureReason (0008,1197), as PS3.3 section C.14.1.1 has them. */
  readonly failureReason: number;
}

/** What a peer asks for by one N-ACTION. */
export interface CommitmentRequest {
  readonly transactionUid: string;
  readonly references: readonly InstanceReference[];
}

/** A request that a report is owed for. */
export interface OwedReport extends CommitmentRequest {
  readonly id: number;
  readonly siteId: number;
  readonly requesterAeTitle: string;
  /** Whether the transaction UID is another request's: nothing of this one is committed to. */
  readonly isDuplicate: boolean;
  /** What an earlier attempt found; absent before the first. */
  readonly failed?: readonly FailedReference[];
  /** Attempts so far, this one among them. */
  readonly attempts: number;
  /** Milliseconds since it was asked for. */
  readonly ageMs: number;
}
