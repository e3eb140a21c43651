import type { QueryLevel } from "../query.ts";

/** How a column holds an attribute: as text, as a folded name, as a number, or every value of it in a list. */
export type ColumnForm = "text" | "folded" | "number" | "list";

/** The column of a table that holds an attribute. */
export interface IndexedColumn {
  readonly level: QueryLevel;
  readonly column: string;
  readonly form: ColumnForm;
}

/** Attributes with a column of their own, by tag; all others are matched in the stored DICOM JSON. */
export const indexedColumns: ReadonlyMap<string, IndexedColumn> = new Map([
  ["00080020", { level: "study", column: "study_date", form: "text" }],
  ["00080030", { level: "study", column: "study_time", form: "text" }],
  ["00080050", { level: "study", column: "accession_number", form: "text" }],
  ["00080061", { level: "study", column: "modalities", form: "list" }],
  ["00080062", { level: "study", column: "sop_classes", form: "list" }],
  ["00080090", { level: "study", column: "referring_physician_folded", form: "folded" }],
  ["00081030", { level: "study", column: "study_description", form: "text" }],
  ["00100010", { level: "study", column: "patient_name_folded", form: "folded" }],
  ["00100020", { level: "study", column: "patient_id", form: "text" }],
  ["00100021", { level: "study", column: "issuer_of_patient_id", form: "text" }],
  ["00100030", { level: "study", column: "patient_birth_date", form: "text" }],
  ["00100040", { level: "study", column: "patient_sex", form: "text" }],
  ["0020000D", { level: "study", column: "study_instance_uid", form: "text" }],
  ["00200010", { level: "study", column: "study_id", form: "text" }],
  ["00201206", { level: "study", column: "series_count", form: "number" }],
  ["00201208", { level: "study", column: "instance_count", form: "number" }],
  ["00080060", { level: "series", column: "modality", form: "text" }],
  ["0020000E", { level: "series", column: "series_instance_uid", form: "text" }],
  ["00200011", { level: "series", column: "series_number", form: "number" }],
  ["0008103E", { level: "series", column: "series_description", form: "text" }],
  ["00180015", { level: "series", column: "body_part_examined", form: "text" }],
  ["00400244", { level: "series", column: "performed_start_date", form: "text" }],
  ["00400245", { level: "series", column: "performed_start_time", form: "text" }],
  ["00201209", { level: "series", column: "instance_count", form: "number" }],
  ["00080016", { level: "instance", column: "sop_class_uid", form: "text" }],
  ["00080018", { level: "instance", column: "sop_instance_uid", form: "text" }],
  ["00083002", { level: "instance", column: "transfer_syntax_uid", form: "text" }],
  ["00200013", { level: "instance", column: "instance_number", form: "number" }],
  ["00280008", { level: "instance", column: "number_of_frames", form: "number" }],
  ["00280010", { level: "instance", column: "rows", form: "number" }],
  ["00280011", { level: "instance", column: "columns", form: "number" }],
  ["00280100", { level: "instance", column: "bits_allocated", form: "number" }],
] as const satisfies readonly (readonly [string, IndexedColumn])[]);
