import type { ColumnType, Generated } from "kysely";
import type { AccountTables } from "../accounts/account-tables.ts";
import type { ReadingTables } from "../reading/reading-tables.ts";
import type { ShareTables } from "../shares/share-tables.ts";

/** Bytes in and out. */
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
/** 64-bit integers, all of them below 2^53. */
type BigCount = ColumnType<number, number, number>;
/** DICOM JSON: objects out, JSON text in. */
type Json = ColumnType<Readonly<Record<string, unknown>>, string, string>;
/** A list in JSON: objects out, JSON text in. */
type JsonList<Item> = ColumnType<readonly Item[], string, string>;
type Instant = ColumnType<Date, Date | string | undefined, Date | string>;

/** A hospital or practice: rows of one are never seen from another. */
export interface SiteTable {
  id: Generated<number>;
  name: string;
}

/** One study of a site. Searched attributes are columns, all others stay in `attributes`. */
export interface StudyTable {
  id: Generated<number>;
  site_id: number;
  study_instance_uid: string;
  /** Normalised for matching: upper case, accents folded, one space between parts. */
  patient_name_folded: string | null;
  patient_name: string | null;
  patient_id: string | null;
  issuer_of_patient_id: string | null;
  patient_birth_date: string | null;
  patient_sex: string | null;
  study_date: string | null;
  study_time: string | null;
  accession_number: string | null;
  study_id: string | null;
  study_description: string | null;
  referring_physician_folded: string | null;
  modalities: string[];
  sop_classes: string[];
  series_count: number;
  instance_count: number;
  /** Whether a UID came with several data sets. */
  has_versions: boolean;
  /** Patient- and study-level attributes as DICOM JSON. */
  attributes: Json;
  received_at: Instant;
  changed_at: Instant;
}

/** One series of a study. */
export interface SeriesTable {
  id: Generated<number>;
  study_id: number;
  series_instance_uid: string;
  modality: string | null;
  series_number: number | null;
  series_description: string | null;
  body_part_examined: string | null;
  performed_start_date: string | null;
  performed_start_time: string | null;
  request_step_id: string | null;
  request_procedure_id: string | null;
  instance_count: number;
  attributes: Json;
  changed_at: Instant;
  /** Whether it changed since it was last matched against the protocols. */
  needs_matching: Generated<boolean>;
}

/** One data set received under a SOP Instance UID. */
export interface InstanceTable {
  id: Generated<number>;
  series_id: number;
  sop_instance_uid: string;
  sop_class_uid: string;
  instance_number: number | null;
  rows: number | null;
  columns: number | null;
  bits_allocated: number | null;
  number_of_frames: number;
  transfer_syntax_uid: string;
  data_set_sha256: Bytes;
  file_sha256: Bytes;
  size_bytes: BigCount;
  data_set_offset: number;
  version: number;
  is_current: boolean;
  /** DICOM JSON without bulk data, gzip. */
  metadata: Bytes;
  /** Offset and length of each frame in the file, pairs of little-endian 64-bit integers; empty where it has none. */
  frame_offsets: Bytes;
  received_at: Instant;
  received_from: string;
  /** When a sender was last told that this archive keeps it; null where none was. */
  committed_at: ColumnType<Date | null, Date | undefined, Date>;
}

/** Where an analysis stands: the first two go on, the others are ends. */
export const analysisStates = ["queued", "running", "done", "refused", "failed", "cancelled", "dead"] as const;

/** One measurement that was asked for, by an arrival or by somebody. */
export interface AnalysisTable {
  id: Generated<number>;
  site_id: number;
  series_id: number;
  /** The job of the queue that computes it. */
  job_id: Generated<string>;
  /** SHA-256 of all that the answer depends on: the same question is asked once. */
  identity: Bytes;
  /** SHA-256 of marks, parameters and numbers: what a newer result of the same series takes the place of. */
  variant: Bytes;
  protocol: string;
  protocol_version: string;
  /** What was given beside the images, see `analysisRequestSchema`. */
  request: Json;
  /** Actor of the scope that asked. */
  requested_by: string;
  state: ColumnType<AnalysisState, AnalysisState | undefined, AnalysisState>;
  /** 0 to 1. */
  progress: Generated<number>;
  step: string | null;
  attempts: Generated<number>;
  /** Code of the project's error table. */
  error_code: string | null;
  result_digest: ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>;
  created_at: Instant;
  changed_at: Instant;
  ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** Grows with every change. */
  revision: ColumnType<number, number | undefined, number>;
}

/** A state of {@link analysisStates}. */
export type AnalysisState = (typeof analysisStates)[number];

/** One result, kept as it was computed. */
export interface ResultTable {
  id: Generated<number>;
  site_id: number;
  series_id: number;
  digest: Bytes;
  /** SHA-256 of the recipe. */
  identity: Bytes;
  variant: Bytes;
  protocol: string;
  protocol_version: string;
  is_provisional: boolean;
  /** Whether a newer one of the same series and question has taken its place. */
  is_superseded: Generated<boolean>;
  /** JSON text. */
  document: string;
  created_at: Instant;
}

/** One number of a result. */
export interface ResultOutputTable {
  result_id: number;
  position: number;
  site_id: number;
  protocol: string;
  output: string;
  value: number;
  unit: string;
  code_value: string;
  code_scheme: string;
  code_meaning: string;
  /** Label of the marks' region; null for the total. */
  region: string | null;
  /** Lesion; null for sums. */
  item: string | null;
  is_superseded: Generated<boolean>;
}

/** The voxels of one map of a result. */
export interface ResultMapTable {
  result_id: number;
  /** Among the maps of the result, from 0. */
  position: number;
  map: string;
  title: Json;
  unit: string;
  is_quantity: boolean;
  grid: Json;
  /** 32-bit floats in little endian, shape [z, y, x]. */
  voxels: Bytes;
}

/** One scheduled procedure step of the modality worklist. */
export interface WorklistItemTable {
  id: Generated<number>;
  site_id: number;
  accession_number: string;
  step_id: string;
  state: string;
  study_instance_uid: string;
  requested_procedure_id: string;
  patient_id: string;
  /** As `patient_name_folded` of a study. */
  patient_name_folded: string;
  station_ae_titles: string[];
  modality: string;
  start_date: string;
  start_time: string;
  placer_order_number: string | null;
  filler_order_number: string | null;
  /** The whole item as DICOM JSON. */
  attributes: Json;
  created_at: Instant;
  changed_at: Instant;
}

/** A request for storage commitment. */
export interface StorageCommitmentTable {
  id: Generated<number>;
  site_id: number;
  requester_ae_title: string;
  transaction_uid: string;
  /** Whether another request has the same transaction UID: all of this one is refused. */
  is_duplicate: boolean;
  /** What is to be kept, in the order of the request. */
  requested: JsonList<{ readonly sopClassUid: string; readonly sopInstanceUid: string }>;
  /** What is not, with FailureReason (0008,1197); null before it was looked at. */
  failed: JsonList<{
    readonly sopClassUid: string;
    readonly sopInstanceUid: string;
    readonly failureReason: number;
  }> | null;
  /** `owed` until the requester took the report, or its time was over. */
  state: "owed" | "reported" | "given-up";
  attempts: Generated<number>;
  requested_at: Instant;
  next_attempt_at: Instant;
  ended_at: Instant | null;
}

/** A study that nobody may delete, as long as `lifted_at` is null. */
export interface LegalHoldTable {
  id: Generated<number>;
  study_id: number;
  reason: string;
  /** Actor of the scope that set it. */
  set_by: string;
  set_at: ColumnType<Date, Date | string, never>;
  lift_reason: ColumnType<string | null, never, string>;
  lifted_by: ColumnType<string | null, never, string>;
  lifted_at: ColumnType<Date | null, never, Date>;
}

/** A blob that is to go from the store: of what was deleted, or one that no row was seen to name. */
export interface RemovedBlobTable {
  sha256: Bytes;
  reason: "deleted" | "orphan";
  noted_at: ColumnType<Date, Date, Date>;
}

/** One event of the audit log. The columns after its hash are read from its text. */
export interface AuditEventTable {
  /** 1 for the first, without a gap. */
  position: BigCount;
  /** Canonical JSON, see `recordedEventSchema`. */
  event: string;
  previous_hash: Bytes;
  hash: Bytes;
  site_id: ColumnType<number, never, never>;
  actor: ColumnType<string, never, never>;
  action: ColumnType<string, never, never>;
  object_kind: ColumnType<string | null, never, never>;
  object_id: ColumnType<string | null, never, never>;
  /** ISO 8601 in UTC: its order is that of time. */
  at: ColumnType<string, never, never>;
}

/** The end of the audit log: one row. */
export interface AuditHeadTable {
  id: number;
  position: BigCount;
  hash: Bytes;
}

/** How far the audit log went to syslog: one row. */
export interface AuditForwardingTable {
  id: number;
  position: BigCount;
}

/** Every table of the archive. */
export interface ArchiveDatabase extends AccountTables, ReadingTables, ShareTables {
  site: SiteTable;
  study: StudyTable;
  series: SeriesTable;
  instance: InstanceTable;
  analysis: AnalysisTable;
  result: ResultTable;
  result_output: ResultOutputTable;
  result_map: ResultMapTable;
  worklist_item: WorklistItemTable;
  storage_commitment: StorageCommitmentTable;
  legal_hold: LegalHoldTable;
  removed_blob: RemovedBlobTable;
  audit_event: AuditEventTable;
  audit_head: AuditHeadTable;
  audit_forwarding: AuditForwardingTable;
}
