import { EtalonError, type JsonValue } from "@etalon/base";
import {
  collectFacts,
  decide,
  type Facts,
  factsOfResult,
  catalog as packs,
  packsForProtocol,
  parseFacts,
  type Verdicts,
} from "@etalon/decide";
import { fromDicomJson, type StudyContext, studyContextOf } from "@etalon/dicom";
import { parseResult, type Result } from "@etalon/measure";
import { headerFacts } from "@etalon/report";
import type { ReadingRow } from "./find-reading.ts";
import { readVersion } from "./find-versions.ts";
import { factsOf, type ReadingDocument } from "./reading-document.ts";
import type { Database } from "./reading-place.ts";
import { latestRun } from "./reading-state.ts";

/** What guidance makes of a draft. */
export interface DraftVerdicts extends Verdicts {
  /** The result that they rest on; null where nothing was measured yet. */
  readonly resultDigest: string | null;
}

/**
 * The verdicts on what is known, of every pack or of those that the result calls for: the document's facts, those given with the request alone, the last draft's
 * result, and what the images' headers say.
 *
 * @throws {EtalonError} `contradictory-facts`, and as `parseFacts`
 */
export async function readingVerdicts(
  database: Database,
  reading: ReadingRow,
  given: ReadingDocument["facts"],
): Promise<DraftVerdicts> {
  const { document } = await readVersion(database, reading.id, reading.version);
  const run = await latestRun(database, reading.id);
  const digest = run?.digest ?? null;
  const result = digest === null ? undefined : await resultOf(database, { siteId: reading.site_id, digest });
  const facts = collectFacts([
    ...togetherFacts(document, given).values(),
    ...(result === undefined ? [] : factsOfResult(result)),
    ...headerFacts(await contextOfStudy(database, reading.study_id)),
  ]);
  const asked = result === undefined ? undefined : packsForProtocol(result.protocol.id, facts);
  return { ...decide(packs, facts, asked), resultDigest: digest };
}

/** The facts of a document and those that are given beside it and not kept. @throws {EtalonError} as `parseFacts` */
export function togetherFacts(document: Pick<ReadingDocument, "facts">, given: ReadingDocument["facts"]): Facts {
  return collectFacts([...factsOf(document).values(), ...(given === null ? [] : parseFacts(given).values())]);
}

/** A result of a site by its digest. @throws {EtalonError} `result-not-found` */
export async function resultOf(
  database: Database,
  { siteId, digest }: { readonly siteId: number; readonly digest: string },
): Promise<Result> {
  const row = await database
    .selectFrom("result")
    .select("document")
    .where("site_id", "=", siteId)
    .where("digest", "=", Buffer.from(digest, "hex"))
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("result-not-found", { field: digest });
  return parseResult(JSON.parse(row.document));
}

/** Of whom and when a study is, as its row says it: what was measured without images has no header. */
export async function contextOfStudy(database: Database, studyId: number): Promise<StudyContext> {
  const { attributes } = await database
    .selectFrom("study")
    .select("attributes")
    .where("id", "=", studyId)
    .executeTakeFirstOrThrow();
  // Written as DICOM JSON at ingest.
  return studyContextOf(fromDicomJson(attributes as JsonValue));
}
