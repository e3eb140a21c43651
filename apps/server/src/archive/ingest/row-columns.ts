import type { InstanceEntry } from "./instance-entry.ts";
import { encodeAttributes } from "./instance-metadata.ts";
import { foldedNameColumn, integerColumn, itemTextColumn, nameColumn, textColumn } from "./text-columns.ts";

/** The study's columns as one of its instances says them. */
export function studyColumns({ scope, prepared, receivedAt }: InstanceEntry) {
  const { dataSet, identity } = prepared;
  const modality = textColumn(dataSet, "00080060");
  return {
    site_id: scope.siteId,
    study_instance_uid: identity.studyInstanceUid,
    patient_name_folded: foldedNameColumn(dataSet, "00100010"),
    patient_name: nameColumn(dataSet, "00100010"),
    patient_id: textColumn(dataSet, "00100020"),
    issuer_of_patient_id: textColumn(dataSet, "00100021"),
    patient_birth_date: textColumn(dataSet, "00100030"),
    patient_sex: textColumn(dataSet, "00100040"),
    study_date: textColumn(dataSet, "00080020"),
    study_time: textColumn(dataSet, "00080030"),
    accession_number: textColumn(dataSet, "00080050"),
    study_id: textColumn(dataSet, "00200010"),
    study_description: textColumn(dataSet, "00081030"),
    referring_physician_folded: foldedNameColumn(dataSet, "00080090"),
    modalities: modality === null ? [] : [modality],
    sop_classes: identity.sopClassUid === "" ? [] : [identity.sopClassUid],
    attributes: encodeAttributes(dataSet, "study"),
    received_at: receivedAt,
    changed_at: receivedAt,
  };
}

/** The series' columns as one of its instances says them. */
export function seriesColumns({ prepared, receivedAt }: InstanceEntry) {
  const { dataSet, identity } = prepared;
  return {
    series_instance_uid: identity.seriesInstanceUid,
    modality: textColumn(dataSet, "00080060"),
    series_number: integerColumn(dataSet, "00200011"),
    series_description: textColumn(dataSet, "0008103E"),
    body_part_examined: textColumn(dataSet, "00180015"),
    performed_start_date: textColumn(dataSet, "00400244"),
    performed_start_time: textColumn(dataSet, "00400245"),
    request_step_id: itemTextColumn(dataSet, "00400275", "00400009"),
    request_procedure_id: itemTextColumn(dataSet, "00400275", "00401001"),
    attributes: encodeAttributes(dataSet, "series"),
    changed_at: receivedAt,
  };
}

/** An instance's columns, but for its series' id. */
export function instanceColumns(
  { prepared, blob, dataSetSha256, receivedAt, receivedFrom }: InstanceEntry,
  version: number,
) {
  const { dataSet, identity } = prepared;
  return {
    sop_instance_uid: identity.sopInstanceUid,
    sop_class_uid: identity.sopClassUid,
    instance_number: integerColumn(dataSet, "00200013"),
    rows: integerColumn(dataSet, "00280010"),
    columns: integerColumn(dataSet, "00280011"),
    bits_allocated: integerColumn(dataSet, "00280100"),
    number_of_frames: prepared.numberOfFrames,
    transfer_syntax_uid: prepared.transferSyntaxUid,
    data_set_sha256: Buffer.from(dataSetSha256, "hex"),
    file_sha256: Buffer.from(blob.sha256, "hex"),
    size_bytes: blob.sizeBytes,
    data_set_offset: prepared.dataSetOffset,
    version,
    is_current: true,
    metadata: prepared.metadata,
    frame_offsets: prepared.frameTable,
    received_at: receivedAt,
    received_from: receivedFrom,
  };
}
