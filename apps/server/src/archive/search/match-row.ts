import { type DataSet, dictionaryVr, type Element } from "@etalon/dicom";

/** A row of a page: the columns of its own level and of those above. */
export interface MatchRow {
  readonly study_attributes: unknown;
  readonly study_instance_uid: string;
  readonly modalities: readonly string[];
  readonly sop_classes: readonly string[];
  readonly study_series: number;
  readonly study_instances: number;
  readonly series_attributes?: unknown;
  readonly series_instance_uid?: string;
  readonly series_instances?: number;
  readonly sop_class_uid?: string;
  readonly sop_instance_uid?: string;
  readonly transfer_syntax_uid?: string;
  readonly instance_number?: number | null;
  readonly number_of_frames?: number;
  readonly rows?: number | null;
  readonly columns?: number | null;
  readonly bits_allocated?: number | null;
  /** What the archive has of the patient; only where it was asked for. */
  readonly patient_counts?: readonly number[];
  /** Gzip of the instance's DICOM JSON; only where it was asked for. */
  readonly metadata?: Uint8Array;
}

/** What the archive knows of a match by its own columns. */
export function computedAttributes(row: MatchRow): DataSet {
  return Object.fromEntries(
    [
      ["00080056", "ONLINE"],
      ["0020000D", row.study_instance_uid],
      ["00080061", row.modalities],
      ["00080062", row.sop_classes],
      ["00201206", row.study_series],
      ["00201208", row.study_instances],
      ["00201200", row.patient_counts?.[0]],
      ["00201202", row.patient_counts?.[1]],
      ["00201204", row.patient_counts?.[2]],
      ["0020000E", row.series_instance_uid],
      ["00201209", row.series_instances],
      ["00080016", row.sop_class_uid],
      ["00080018", row.sop_instance_uid],
      ["00083002", row.transfer_syntax_uid],
      ["00200013", row.instance_number],
      // An image of one frame need not have the attribute.
      ["00280008", row.number_of_frames === 1 ? undefined : row.number_of_frames],
      ["00280010", row.rows],
      ["00280011", row.columns],
      ["00280100", row.bits_allocated],
    ].flatMap(([tag, value]) => elementEntry(String(tag), value)),
  );
}

type ColumnValue = string | number | readonly string[] | null | undefined;

function elementEntry(tag: string, value: ColumnValue | readonly unknown[]): readonly (readonly [string, Element])[] {
  if (value === undefined || value === null) return [];
  const vr = dictionaryVr(Number.parseInt(tag, 16));
  const values = (Array.isArray(value) ? value : [value]).filter(
    (one): one is string | number => typeof one === "string" || typeof one === "number",
  );
  return [[tag, values.length === 0 ? { vr } : { vr, Value: values }]];
}
