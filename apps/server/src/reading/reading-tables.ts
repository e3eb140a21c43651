import type { ColumnType, Generated } from "kysely";
import type { FileKind } from "./documents/file-kinds.ts";

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type MaybeBytes = ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>;
type Instant = ColumnType<Date, Date, Date>;
type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;
/** A JSON document: parsed out, JSON text in. */
type MaybeJson = ColumnType<Readonly<Record<string, unknown>> | null, string | null | undefined, string | null>;

/** How far a reading is, in its order. */
export const readingStatuses = ["reading", "preliminary", "signed", "amended"] as const;

/** One of {@link readingStatuses}. */
export type ReadingStatus = (typeof readingStatuses)[number];

/** How soon a study is to be read, the least urgent first. */
export const priorities = ["routine", "urgent", "stat"] as const;

/** One of {@link priorities}. */
export type Priority = (typeof priorities)[number];

/** A priority that somebody set, in place of the order's. */
interface StudyPriorityTable {
  study_id: number;
  priority: Priority;
  set_by: string;
  set_at: Instant;
}

/** What is read of a study with one protocol. */
interface ReadingTable {
  id: Generated<number>;
  site_id: number;
  study_id: number;
  protocol: string;
  status: ReadingStatus;
  /** Of its newest document. */
  version: number;
  changed_at: Instant;
  /** Actor of the scope that changed it. */
  changed_by: string;
  changed_by_name: string | null;
  preliminary_version: number | null;
  preliminary_at: MaybeInstant;
  preliminary_by: string | null;
}

/** One saved document of a reading; never changed. */
interface ReadingVersionTable {
  reading_id: number;
  version: number;
  /** JSON text, see `readingDocumentSchema`. */
  document: string;
  saved_at: Instant;
  saved_by: string;
  saved_by_name: string | null;
}

/** What an analysis is computed for. */
interface ReadingRunTable {
  analysis_id: number;
  reading_id: number;
  purpose: "draft" | "signing";
  version: number;
  asked_at: Instant;
  /** What documents need besides the result, see `MeasuredMaterial`; null before it is done. */
  material: MaybeJson;
  /** Part 10 file; null where nothing is segmented. */
  segmentation: MaybeBytes;
}

/** A signature that was asked for: its state is that of its analysis. */
interface SigningTable {
  id: Generated<number>;
  reading_id: number;
  analysis_id: number;
  version: number;
  /** Of the result that the signer saw. */
  digest: Bytes;
  /** Of the result that the server computed; null before. */
  computed_digest: MaybeBytes;
  signed_by: string;
  signer_name: string;
  asked_at: Instant;
  /** The result that the signer's report is compared with, see `PriorReference`. */
  prior: MaybeJson;
}

/** A signed report, or an addendum to it; never changed. */
interface ReadingEditionTable {
  reading_id: number;
  /** 1 of the signed report. */
  edition: number;
  version: number;
  digest: Bytes;
  addendum: string | null;
  language: "en" | "fr";
  signed_by: string;
  signer_name: string;
  organization: string | null;
  signed_at: Instant;
  /** All that its documents are renderings of but the result, see `SignedMaterial`. */
  material: ColumnType<Readonly<Record<string, unknown>>, string, never>;
}

/** A document of an edition, byte for byte; never changed. */
interface ReadingFileTable {
  id: Generated<number>;
  reading_id: number;
  edition: number;
  kind: FileKind;
  /** Empty of what has no language. */
  language: "en" | "fr" | "";
  media_type: string;
  /** Of DICOM objects. */
  sop_instance_uid: string | null;
  sha256: Bytes;
  bytes: Bytes;
}

/** A DICOM object of an edition that is not yet among the study's instances. */
interface FileToPublishTable {
  file_id: number;
}

/** The tables of readings. */
export interface ReadingTables {
  study_priority: StudyPriorityTable;
  reading: ReadingTable;
  reading_version: ReadingVersionTable;
  reading_run: ReadingRunTable;
  signing: SigningTable;
  reading_edition: ReadingEditionTable;
  reading_file: ReadingFileTable;
  file_to_publish: FileToPublishTable;
}
