/** Attributes of the Storage Commitment module (PS3.3 table C.14-1). */
export const commitmentTags = {
  retrieveAeTitle: "00080054",
  referencedSopClassUid: "00081150",
  referencedSopInstanceUid: "00081155",
  transactionUid: "00081195",
  failureReason: "00081197",
  failedSopSequence: "00081198",
  referencedSopSequence: "00081199",
} as const;
