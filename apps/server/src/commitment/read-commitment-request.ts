import { type DataSet, itemsOf, textOf } from "@etalon/dicom";
import { type ActionRequest, DimseError, dimseStatus, storageCommitmentInstance } from "@etalon/dicom/network";
import type { CommitmentRequest, InstanceReference } from "./commitment-request.ts";
import { commitmentTags } from "./commitment-tags.ts";

/** Request Storage Commitment, the one action there is (PS3.4 section J.3.2). */
const requestStorageCommitment = 1;

/** A UID as peers write them: leading zeros, which PS3.5 section 9.1 forbids, are met with and do no harm. */
const uidPattern = /^[0-9.]{1,64}$/;

/**
 * Reads an N-ACTION of the Storage Commitment Push Model.
 *
 * @throws DimseError 0112H (not its instance), 0123H (not its action), 0115H (an attribute of table J.3-1 is absent or none)
 */
export function readCommitmentRequest(request: ActionRequest): CommitmentRequest {
  const { sopInstanceUid, actionTypeId, information } = request;
  if (sopInstanceUid !== storageCommitmentInstance) {
    throw new DimseError(dimseStatus.noSuchSopInstance, "not the Storage Commitment instance");
  }
  if (actionTypeId !== requestStorageCommitment) {
    throw new DimseError(dimseStatus.noSuchActionType, "not Request Storage Commitment");
  }
  const references = itemsOf(information, commitmentTags.referencedSopSequence).map(readReference);
  if (references.length === 0) throw invalid(commitmentTags.referencedSopSequence);
  return { transactionUid: readUid(information, commitmentTags.transactionUid), references };
}

function readReference(item: DataSet): InstanceReference {
  return {
    sopClassUid: readUid(item, commitmentTags.referencedSopClassUid),
    sopInstanceUid: readUid(item, commitmentTags.referencedSopInstanceUid),
  };
}

function readUid(dataSet: DataSet, tag: string): string {
  const uid = textOf(dataSet, tag) ?? "";
  if (!uidPattern.test(uid)) throw invalid(tag);
  return uid;
}

function invalid(tag: string): DimseError {
  return new DimseError(dimseStatus.invalidArgumentValue, "an attribute is absent or malformed", [tag]);
}
