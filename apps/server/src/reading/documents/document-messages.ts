import type { ErrorCode, Language } from "@etalon/base";
import type { NumberedMap } from "../../results/result-maps.ts";
import type { DocumentSource } from "./document-source.ts";
import type { FileKind } from "./file-kinds.ts";

/** A document that is wanted. */
export interface WantedFile {
  readonly kind: Exclude<FileKind, "report.seg.dcm">;
  readonly language: Language;
}

/** What a document thread is given to do. */
export interface DocumentTask {
  readonly source: DocumentSource;
  readonly wanted: readonly WantedFile[];
  /** Those that are wanted as Parametric Maps. */
  readonly maps?: readonly NumberedMap[];
}

/** A document that was made. */
export interface MadeFile extends WantedFile {
  readonly bytes: Uint8Array;
  /** Of DICOM objects. */
  readonly object: {
    readonly sopClassUid: string;
    readonly sopInstanceUid: string;
    readonly seriesInstanceUid: string;
  } | null;
}

/** What it makes of it, in the order that was asked for. */
export type DocumentOutcome =
  | { readonly kind: "made"; readonly files: readonly MadeFile[] }
  | { readonly kind: "failed"; readonly code: ErrorCode; readonly field: string };
