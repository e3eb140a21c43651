/** Statuses of PS3.7 annex C and of the service tables of PS3.4 (B.2-1, C.4-1, C.4-2, C.4-3); reasons of PS3.3 C.14.1.1. */
export const dimseStatus = {
  success: 0x0000,
  processingFailure: 0x0110,
  invalidSopInstance: 0x0117,
  noSuchSopInstance: 0x0112,
  noSuchEventType: 0x0113,
  invalidArgumentValue: 0x0115,
  noSuchSopClass: 0x0118,
  classInstanceConflict: 0x0119,
  noSuchActionType: 0x0123,
  /** Storage commitment, as a reason only. */
  duplicateTransactionUid: 0x0131,
  sopClassNotSupported: 0x0122,
  notAuthorized: 0x0124,
  unrecognizedOperation: 0x0211,
  /** Storage and query: the object or the answer could not be held. */
  outOfResources: 0xa700,
  /** Retrieve: the number of matches could not be told. */
  unableToCalculateMatches: 0xa701,
  /** Retrieve: no sub-operation could be done. */
  unableToPerformSubOperations: 0xa702,
  moveDestinationUnknown: 0xa801,
  /** Storage: the data set is not of its SOP class. Query and retrieve: the identifier is not. */
  doesNotMatchSopClass: 0xa900,
  /** Retrieve: some sub-operation failed or warned. */
  subOperationsCompleteWithFailures: 0xb000,
  cannotUnderstand: 0xc000,
  unableToProcess: 0xc001,
  cancel: 0xfe00,
  pending: 0xff00,
  /** Query: an optional key was not matched on. */
  pendingWithoutOptionalKeys: 0xff01,
} as const;

/** Whether more responses to the same request follow. */
export function isPending(status: number): boolean {
  return status === dimseStatus.pending || status === dimseStatus.pendingWithoutOptionalKeys;
}

/** Whether the object was taken, with a remark: Bxxx and the general warnings (PS3.7 annex C.4). */
export function isWarning(status: number): boolean {
  return status >>> 12 === 0xb || status === 0x0001 || status === 0x0107 || status === 0x0116;
}

/** A status as the standard writes it: "A702H". */
export function statusLabel(status: number): string {
  return `${status.toString(16).toUpperCase().padStart(4, "0")}H`;
}
