import type { DataSet } from "@etalon/dicom";
import { type EventReportOptions, storageCommitmentInstance, storageCommitmentSopClass } from "@etalon/dicom/network";
import type { CommitmentRequest, FailedReference, InstanceReference } from "./commitment-request.ts";
import { commitmentTags } from "./commitment-tags.ts";

/** The two events of PS3.4 table J.3-2. */
const requestSuccessful = 1;
const failuresExist = 2;

/** The N-EVENT-REPORT on a request: all kept, or what is and what is not (PS3.4 section J.3.3). */
export function reportOf(
  { transactionUid, references }: CommitmentRequest,
  failed: readonly FailedReference[],
  retrieveAeTitle: string,
): EventReportOptions {
  const failedUids = new Set(failed.map(keyOf));
  const kept = references.filter((reference) => !failedUids.has(keyOf(reference)));
  const { referencedSopSequence, failedSopSequence } = commitmentTags;
  const information: DataSet = {
    [commitmentTags.retrieveAeTitle]: { vr: "AE", Value: [retrieveAeTitle] },
    [commitmentTags.transactionUid]: { vr: "UI", Value: [transactionUid] },
    ...(failed.length === 0 ? {} : { [failedSopSequence]: { vr: "SQ", Value: failed.map(failedItem) } }),
    ...(kept.length === 0 ? {} : { [referencedSopSequence]: { vr: "SQ", Value: kept.map(itemOf) } }),
  };
  return {
    sopClassUid: storageCommitmentSopClass,
    sopInstanceUid: storageCommitmentInstance,
    eventTypeId: failed.length === 0 ? requestSuccessful : failuresExist,
    information,
  };
}

function keyOf({ sopClassUid, sopInstanceUid }: InstanceReference): string {
  return `${sopClassUid} ${sopInstanceUid}`;
}

function itemOf({ sopClassUid, sopInstanceUid }: InstanceReference): DataSet {
  return {
    [commitmentTags.referencedSopClassUid]: { vr: "UI", Value: [sopClassUid] },
    [commitmentTags.referencedSopInstanceUid]: { vr: "UI", Value: [sopInstanceUid] },
  };
}

function failedItem(failed: FailedReference): DataSet {
  return { ...itemOf(failed), [commitmentTags.failureReason]: { vr: "US", Value: [failed.failureReason] } };
}
