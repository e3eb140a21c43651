import { createHash } from "node:crypto";
import type { Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { MadeFile, WantedFile } from "./documents/document-messages.ts";
import { type FileKind, mediaTypeOf } from "./documents/file-kinds.ts";

/** The documents of a signed report; the structured report in its own language, all else in both. */
export function signedFiles(language: "en" | "fr"): readonly WantedFile[] {
  const inBoth = [
    "report.pdf",
    "report.html",
    "patient.pdf",
    "patient.html",
    "report.fhir.json",
    "report.pdf.dcm",
  ] as const;
  return [
    ...inBoth.flatMap((kind) => (["fr", "en"] as const).map((each) => ({ kind, language: each }))),
    { kind: "report.csv", language },
    { kind: "report.sr.dcm", language },
  ];
}

/** A signed report or an addendum, with its documents. */
export interface NewEdition {
  readonly readingId: number;
  readonly edition: number;
  readonly version: number;
  readonly digest: Uint8Array;
  readonly addendum: string | null;
  readonly language: "en" | "fr";
  readonly signedBy: string;
  readonly signerName: string;
  readonly organization: string | null;
  readonly signedAt: Date;
  /** See `writeMaterial`. */
  readonly material: string;
  readonly files: readonly MadeFile[];
  /** The segmentation and its UID, where it is not among the study's instances yet. */
  readonly segmentation: { readonly bytes: Uint8Array; readonly sopInstanceUid: string } | null;
}

/** Documents that say the same in every language. */
const withoutLanguage: ReadonlySet<FileKind> = new Set(["report.csv", "curves.csv", "report.seg.dcm"]);

/** Keeps an edition with its documents, and notes which of them are to be stored among the study's instances. */
export async function keepEdition(transaction: Transaction<ArchiveDatabase>, added: NewEdition): Promise<void> {
  const { readingId, edition, files, segmentation } = added;
  await transaction
    .insertInto("reading_edition")
    .values({
      reading_id: readingId,
      edition,
      version: added.version,
      digest: added.digest,
      addendum: added.addendum,
      language: added.language,
      signed_by: added.signedBy,
      signer_name: added.signerName,
      organization: added.organization,
      signed_at: added.signedAt,
      material: added.material,
    })
    .execute();
  // The report refers to the segmentation, which is stored before it.
  if (segmentation !== null) {
    const { bytes, sopInstanceUid } = segmentation;
    await keepFile(transaction, added, { kind: "report.seg.dcm", language: "", bytes, sopInstanceUid });
  }
  for (const { kind, language, bytes, object } of files) {
    const sopInstanceUid = object?.sopInstanceUid ?? null;
    const shown = withoutLanguage.has(kind) || kind.endsWith(".pm.dcm") ? ("" as const) : language;
    await keepFile(transaction, added, { kind, language: shown, bytes, sopInstanceUid });
  }
}

async function keepFile(
  transaction: Transaction<ArchiveDatabase>,
  { readingId, edition }: NewEdition,
  file: {
    readonly kind: FileKind;
    readonly language: "en" | "fr" | "";
    readonly bytes: Uint8Array;
    readonly sopInstanceUid: string | null;
  },
): Promise<void> {
  const { kind, language, bytes, sopInstanceUid } = file;
  const { id } = await transaction
    .insertInto("reading_file")
    .values({
      ...{ reading_id: readingId, edition, kind, language },
      media_type: mediaTypeOf(kind),
      sop_instance_uid: sopInstanceUid,
      sha256: createHash("sha256").update(bytes).digest(),
      bytes,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (sopInstanceUid !== null) await transaction.insertInto("file_to_publish").values({ file_id: id }).execute();
}
