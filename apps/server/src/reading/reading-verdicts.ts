import type { JsonValue } from "@etalon/base";
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
import type { Result } from "@etalon/measure";
import { headerFacts, type PriorResult } from "@etalon/report";
import type { AccessScope } from "../archive/access-scope.ts";
import { comparePrior, findPrior } from "./find-prior.ts";
import type { ReadingRow } from "./find-reading.ts";
import { readVersion } from "./find-versions.ts";
import { priorFacts } from "./prior-facts.ts";
import { factsOf, type ReadingDocument } from "./reading-document.ts";
import type { Database } from "./reading-place.ts";
import { latestRun } from "./reading-state.ts";
import { resultOf } from "./result-of.ts";

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
  { database, scope }: { readonly database: Database; readonly scope: AccessScope },
  reading: ReadingRow,
  given: ReadingDocument["facts"],
): Promise<DraftVerdicts> {
  const { document } = await readVersion(database, reading.id, reading.version);
  const run = await latestRun(database, reading.id);
  const digest = run?.digest ?? null;
  const result = digest === null ? undefined : await resultOf(database, { siteId: reading.site_id, digest });
  const { prior } = result === undefined ? { prior: null } : await findPrior(database, scope, reading);
  const compared =
    prior === null || result === undefined
      ? null
      : await comparePrior(database, { siteId: reading.site_id, prior }, result);
  const facts = knownFacts(togetherFacts(document, given), {
    result,
    context: await contextOfStudy(database, reading.study_id),
    prior: compared,
  });
  const asked = result === undefined ? undefined : packsForProtocol(result.protocol.id, facts);
  return { ...decide(packs, facts, asked), resultDigest: digest };
}

/**
 * Everything known of a person: what was given, what the result and the headers say, and what the prior result says where
 * nobody gave it.
 *
 * @throws {EtalonError} `contradictory-facts`
 */
export function knownFacts(
  given: Facts,
  {
    result,
    context,
    prior,
  }: { readonly result: Result | undefined; readonly context: StudyContext; readonly prior: PriorResult | null },
): Facts {
  return collectFacts([
    ...given.values(),
    ...(result === undefined ? [] : factsOfResult(result)),
    ...headerFacts(context),
    ...priorFacts(prior).filter(({ id }) => !given.has(id)),
  ]);
}

/** The facts of a document and those that are given beside it and not kept. @throws {EtalonError} as `parseFacts` */
export function togetherFacts(document: Pick<ReadingDocument, "facts">, given: ReadingDocument["facts"]): Facts {
  return collectFacts([...factsOf(document).values(), ...(given === null ? [] : parseFacts(given).values())]);
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
