import type { JsonValue } from "@etalon/base";
import { type DataSet, type Element, firstItemOf, fromDicomJson, textOf, textsOf, toDicomJson } from "@etalon/dicom";
import type { Insertable, Selectable } from "kysely";
import { foldedNameColumn, textColumn } from "../archive/ingest/text-columns.ts";
import type { WorklistItemTable } from "../database/schema.ts";
import { type WorklistItem, type WorklistKey, type WorklistState, worklistStates } from "./worklist-item.ts";
import { worklistTags as tags } from "./worklist-tags.ts";

/** What names an item. */
export function keyOf(attributes: DataSet): WorklistKey {
  const step = firstItemOf(attributes, tags.steps) ?? {};
  return {
    accessionNumber: textOf(attributes, tags.accessionNumber)?.trim() ?? "",
    stepId: textOf(step, tags.stepId)?.trim() ?? "",
  };
}

/** The row of an item, its attributes with the state in them. */
export function rowOf(
  siteId: number,
  attributes: DataSet,
  state: WorklistState,
): Insertable<WorklistItemTable> & { readonly attributes: string } {
  const { accessionNumber, stepId } = keyOf(attributes);
  const step = firstItemOf(attributes, tags.steps) ?? {};
  const text = (dataSet: DataSet, tag: string): string => textColumn(dataSet, tag) ?? "";
  const whole = { ...attributes, [tags.steps]: sequenceOf({ ...step, [tags.stepStatus]: statusOf(state) }) };
  return {
    site_id: siteId,
    accession_number: accessionNumber,
    step_id: stepId,
    state,
    study_instance_uid: text(attributes, tags.studyInstanceUid),
    requested_procedure_id: text(attributes, tags.requestedProcedureId),
    patient_id: text(attributes, tags.patientId),
    patient_name_folded: foldedNameColumn(attributes, tags.patientName) ?? "",
    station_ae_titles: textsOf(step, tags.stationAeTitle)
      .map((title) => title.trim())
      .filter((title) => title !== ""),
    modality: text(step, tags.modality),
    start_date: text(step, tags.startDate),
    start_time: text(step, tags.startTime),
    placer_order_number: textColumn(attributes, tags.placerOrderNumber),
    filler_order_number: textColumn(attributes, tags.fillerOrderNumber),
    attributes: JSON.stringify(toDicomJson(whole)),
  };
}

function sequenceOf(item: DataSet): Element {
  return { vr: "SQ", Value: [item] };
}

/** ScheduledProcedureStepStatus of a state. */
export function statusOf(state: WorklistState): Element {
  return { vr: "CS", Value: [state.toUpperCase()] };
}

/** The item of a row. */
export function itemOf(row: Selectable<WorklistItemTable>): WorklistItem {
  return {
    id: row.id,
    state: worklistStates.find((state) => state === row.state) ?? "scheduled",
    // The column holds what `toDicomJson` wrote.
    attributes: fromDicomJson(row.attributes as JsonValue),
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}
