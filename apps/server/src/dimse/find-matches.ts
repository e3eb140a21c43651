import { EtalonError, InputError } from "@etalon/base";
import type { DataSet } from "@etalon/dicom";
import { DimseError, dimseStatus, type FindMatch, type QueryRetrieveRequest } from "@etalon/dicom/network";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive } from "../archive/archive.ts";
import type { DimseContext } from "./dimse-context.ts";
import { type AskedMatches, queryOf } from "./query-of.ts";
import { responseIdentifier } from "./response-identifier.ts";

/** Matches that are in memory at once: few at first, so that the first answer is soon there. */
const firstPage = 200;
const laterPages = 5000;

/**
 * C-FIND (PS3.4 section C.4.1): the matches, page by page as the peer takes them.
 *
 * @throws DimseError A900H for an identifier that asks for what no value can be, C001H for one that asks for too much
 */
export async function* findMatches(
  { archive, scopeOf, config }: Pick<DimseContext, "archive" | "scopeOf" | "config">,
  request: QueryRetrieveRequest,
): AsyncGenerator<FindMatch, void> {
  const asked = queryOf(request);
  const scope = scopeOf(request.peer);
  try {
    const found = request.level === "patient" ? patients(archive, scope, asked) : pages(archive, scope, asked);
    for await (const { match, ignoresKeys } of found) {
      if (request.signal.aborted) return;
      const identifier = responseIdentifier(match, request, config.aeTitle);
      yield ignoresKeys ? { identifier, ignoresOptionalKeys: true } : { identifier };
    }
  } catch (thrown) {
    throw told(thrown);
  }
}

interface Found {
  readonly match: DataSet;
  readonly ignoresKeys: boolean;
}

async function* patients(archive: Archive, scope: AccessScope, asked: AskedMatches): AsyncGenerator<Found, void> {
  const { query, ignoresKeys } = asked;
  for await (const match of archive.patients(scope, query)) yield { match, ignoresKeys };
}

async function* pages(archive: Archive, scope: AccessScope, asked: AskedMatches): AsyncGenerator<Found, void> {
  for (let offset = 0, limit = firstPage; ; offset += limit, limit = laterPages) {
    const { matches, warnings } = await archive.search(scope, { ...asked.query, limit, offset });
    const ignoresKeys = asked.ignoresKeys || warnings.length > 0;
    for (const match of matches) yield { match, ignoresKeys };
    if (matches.length < limit) return;
  }
}

/** What the peer is told: which key is at fault, and not what it was, which may name a patient. */
function told(thrown: unknown): unknown {
  if (thrown instanceof InputError && thrown.code === "malformed-query") {
    const tag = /^[0-9A-F]{8}/.exec(thrown.field)?.[0];
    return new DimseError(
      dimseStatus.doesNotMatchSopClass,
      "a key asks for no value of its VR",
      tag === undefined ? [] : [tag],
    );
  }
  if (thrown instanceof EtalonError && thrown.code === "query-too-slow")
    return new DimseError(dimseStatus.unableToProcess, "the query takes too long: ask for fewer studies");
  if (thrown instanceof EtalonError && thrown.code === "query-too-broad")
    return new DimseError(dimseStatus.unableToProcess, "too many instances to match one by one: name the study");
  return thrown;
}
