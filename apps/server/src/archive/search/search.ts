import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import { EtalonError } from "@etalon/base";
import type { DataSet } from "@etalon/dicom";
import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../../database/schema.ts";
import { withPauses } from "../../with-pauses.ts";
import type { AccessScope } from "../access-scope.ts";
import type { Query, QueryLevel, QueryPage } from "../query.ts";
import { levelOfTag } from "./attribute-level.ts";
import { indexedColumns } from "./indexed-columns.ts";
import { computedAttributes, type MatchRow } from "./match-row.ts";
import { matchesKeys } from "./matches-criterion.ts";
import { patientCounts } from "./patient-counts.ts";
import { readKeys } from "./read-keys.ts";
import {
  dataSetOfDocument,
  isDocument,
  pickAttributes,
  type StoredDocument,
  type WantedAttributes,
  wantedAttributes,
} from "./returned-attributes.ts";
import { inTime } from "./search-time.ts";
import { type Asked, countMatches, selectMatches } from "./select-matches.ts";

/**
 * Instances whose metadata one query may read to match attributes that no column and no document of study or series holds:
 * a second or two of work.
 */
const mostExamined = 20_000;
/** Instances whose metadata is held at once. */
const batchSize = 1000;
const expandElsewhere = promisify(gunzip);
/** Bytes that are expanded at once: handing them to another thread takes longer. */
const smallBytes = 32 * 1024;

/**
 * Matches of a query among what a scope may see, newest study first, in the same order each time; one page of them with the
 * total of all. Attributes of a lower level than the query's match what has such a series or instance.
 *
 * @throws InputError `malformed-query`, EtalonError `query-too-broad`, `query-too-slow`
 */
export function searchArchive(database: Kysely<ArchiveDatabase>, scope: AccessScope, query: Query): Promise<QueryPage> {
  return inTime(search(database, scope, query));
}

async function search(database: Kysely<ArchiveDatabase>, scope: AccessScope, query: Query): Promise<QueryPage> {
  const keys = readKeys(query);
  const asked: Asked = { scope, keys, isCombinedDateTime: query.isCombinedDateTime ?? false };
  const wanted = wantedAttributes(query);
  if (keys.metadata.length > 0) return searchMetadata(database, query, { asked, wanted });
  const { level, limit, offset } = query;
  const costly = {
    needsMetadata: level === "instance" && wantsMetadata(wanted),
    needsPatientCounts: wantsPatientCounts(wanted),
  };
  const matches: DataSet[] = [];
  const most = costly.needsMetadata ? batchSize : limit;
  while (matches.length < limit) {
    const page = { limit: Math.min(most, limit - matches.length), offset: offset + matches.length };
    const rows = await selectMatches(database, level, { asked, ...page, ...costly });
    for await (const row of withPauses(rows)) matches.push(await matchOf(row, wanted));
    if (rows.length < page.limit) break;
  }
  // A page that is not full is the last one, and says how many there are.
  const isLast = matches.length < limit && (matches.length > 0 || offset === 0);
  const total = isLast ? offset + matches.length : await countMatches(database, level, asked);
  return { matches, total, warnings: keys.warnings };
}

/**
 * Instances by attributes of their metadata: what columns leave is read, a batch at a time for the memory's sake, and matched
 * in memory.
 */
async function searchMetadata(
  database: Kysely<ArchiveDatabase>,
  query: Query,
  { asked, wanted }: { readonly asked: Asked; readonly wanted: WantedAttributes },
): Promise<QueryPage> {
  const { metadata } = asked.keys;
  const examined = await countMatches(database, "instance", asked);
  if (examined > mostExamined) {
    const field = metadata.map(({ tags }) => tags.join(".")).join(", ");
    throw new EtalonError("query-too-broad", { field, details: { expected: mostExamined } });
  }
  const costly = { needsMetadata: true, needsPatientCounts: wantsPatientCounts(wanted) };
  const matches: DataSet[] = [];
  let total = 0;
  for (let offset = 0; offset < examined; offset += batchSize) {
    const rows = await selectMatches(database, "instance", { asked, limit: batchSize, offset, ...costly });
    for await (const row of withPauses(rows)) {
      if (!matchesKeys(dataSetOfDocument(await metadataOf(row)), metadata)) continue;
      if (total >= query.offset && matches.length < query.limit) matches.push(await matchOf(row, wanted));
      total++;
    }
  }
  return { matches, total, warnings: asked.keys.warnings };
}

function wantsMetadata({ wanted, wholeLevels }: WantedAttributes): boolean {
  if (wholeLevels.has("instance")) return true;
  return [...wanted.keys()].some((tag) => isOfMetadata(tag));
}

function wantsPatientCounts({ wanted }: WantedAttributes): boolean {
  return [...patientCounts.keys()].some((tag) => wanted.has(tag));
}

/** SpecificCharacterSet, QueryRetrieveLevel, RetrieveAETitle and RetrieveURL are said by who answers, not by an object. */
const saidByServer: ReadonlySet<string> = new Set(["00080005", "00080052", "00080054", "00081190"]);

function isOfMetadata(tag: string): boolean {
  return levelOfTag(tag) === "instance" && !indexedColumns.has(tag) && !saidByServer.has(tag);
}

async function matchOf(row: MatchRow, wanted: WantedAttributes): Promise<DataSet> {
  const documents = new Map<QueryLevel, StoredDocument>([["study", documentOf(row.study_attributes)]]);
  if (row.series_attributes !== undefined) documents.set("series", documentOf(row.series_attributes));
  if (row.metadata !== undefined) documents.set("instance", await metadataOf(row));
  return pickAttributes(documents, wanted, computedAttributes(row));
}

function documentOf(json: unknown): StoredDocument {
  return isDocument(json) ? json : {};
}

async function metadataOf({ metadata }: MatchRow): Promise<StoredDocument> {
  if (metadata === undefined) return {};
  const json = metadata.length <= smallBytes ? gunzipSync(metadata) : await expandElsewhere(metadata);
  return documentOf(JSON.parse(json.toString("utf8")));
}
