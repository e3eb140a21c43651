import { EtalonError } from "@etalon/base";
import { decide, catalog as packs, packsForProtocol } from "@etalon/decide";
import type { AccessScope } from "../archive/access-scope.ts";
import type { MeasuredMaterial } from "../jobs/process/measuring-messages.ts";
import type { DocumentSource } from "./documents/document-source.ts";
import { drawKeyImages, type PicturePlace } from "./documents/draw-key-images.ts";
import { comparePrior, findPrior } from "./find-prior.ts";
import type { ReadingRow } from "./find-reading.ts";
import { localInstant } from "./local-instant.ts";
import { factsOf, type ReadingDocument } from "./reading-document.ts";
import type { Database, ReadingPlace } from "./reading-place.ts";
import { contextOfStudy, knownFacts } from "./reading-verdicts.ts";
import { resultOf } from "./result-of.ts";

/** The last draft of a reading that came to a result. */
export interface MeasuredDraft {
  readonly version: number;
  readonly digest: string;
  readonly material: MeasuredMaterial;
  /** Part 10 file; null where nothing is segmented. */
  readonly segmentation: Buffer | null;
}

/** See {@link MeasuredDraft}. @throws {EtalonError} `reading-not-run` where there is none */
export async function requireDraft(database: Database, { id, protocol }: ReadingRow): Promise<MeasuredDraft> {
  const row = await database
    .selectFrom("reading_run")
    .innerJoin("analysis", "analysis.id", "reading_run.analysis_id")
    .select(["reading_run.version", "result_digest", "material", "segmentation"])
    .where("reading_run.reading_id", "=", id)
    .where("purpose", "=", "draft")
    .where("state", "=", "done")
    .where("material", "is not", null)
    .orderBy("asked_at", "desc")
    .orderBy("analysis.id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.result_digest === null || row.material === null) {
    throw new EtalonError("reading-not-run", { field: protocol });
  }
  // Kept by this program as the process that measured said it.
  const material = row.material as unknown as MeasuredMaterial;
  return { version: row.version, digest: row.result_digest.toString("hex"), material, segmentation: row.segmentation };
}

/**
 * What the documents of a draft are renderings of: the last result, with what the reader wrote as it stands in `document`.
 *
 * @throws {EtalonError} `reading-not-run`; as `drawKeyImages`, `collectFacts`
 */
export async function draftSource(
  place: ReadingPlace & PicturePlace,
  asked: {
    readonly scope: AccessScope;
    readonly reading: ReadingRow;
    readonly studyInstanceUid: string;
    readonly document: ReadingDocument;
  },
): Promise<DocumentSource> {
  const { scope, reading, studyInstanceUid, document } = asked;
  const { database } = place;
  const { digest, ...draft } = await requireDraft(database, reading);
  const material = await withContext(database, reading.study_id, draft.material);
  const siteId = reading.site_id;
  const result = await resultOf(database, { siteId, digest });
  const found = await findPrior(database, scope, reading);
  const prior = found.prior === null ? null : await comparePrior(database, { siteId, prior: found.prior }, result);
  const facts = knownFacts(factsOf(document), { result, context: material.context, prior });
  return {
    ...material,
    ...{
      result,
      verdicts: decide(packs, facts, packsForProtocol(result.protocol.id, facts)),
      sections: document.sections,
      addenda: [],
      predecessor: null,
    },
    pictures: await drawKeyImages(place, { scope, studyInstanceUid }, document.keyImages),
    prior,
    signature: null,
    createdAt: localInstant(place.clock()),
  };
}

/** The material of a measurement, which without images says nothing of whom it is: the study does. */
export async function withContext(
  database: Database,
  studyId: number,
  material: MeasuredMaterial,
): Promise<MeasuredMaterial> {
  if (material.context.study.instanceUid !== "") return material;
  return { ...material, context: await contextOfStudy(database, studyId) };
}
