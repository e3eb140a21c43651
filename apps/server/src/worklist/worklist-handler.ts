import { EtalonError } from "@etalon/base";
import {
  DimseError,
  type DimseHandlers,
  dimseStatus,
  type FindMatch,
  type WorklistRequest,
} from "@etalon/dicom/network";
import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { findItems } from "./find-items.ts";
import { type FindKeys, readFindKeys } from "./read-find-keys.ts";
import { returnedItem } from "./returned-item.ts";
import { listedStates, type WorklistItem } from "./worklist-item.ts";

/** What the worklist service stands on. */
export interface WorklistHandlerParts {
  readonly database: Kysely<ArchiveDatabase>;
  /** Who asks. */
  readonly scopeOf: (request: WorklistRequest) => AccessScope;
}

/** Items of one look into the database. */
const batchSize = 500;

/** Modality Worklist SCP (PS3.4 annex K): `startDimseServer({ handlers: { worklist: worklistHandler(parts) } })`. */
export function worklistHandler({ database, scopeOf }: WorklistHandlerParts): NonNullable<DimseHandlers["worklist"]> {
  return async function* (request): AsyncGenerator<FindMatch> {
    const { identifier, signal } = request;
    const { keys, hasUnknown } = readOrRefuse(request);
    const query = { keys, states: listedStates, limit: batchSize };
    let last: WorklistItem | undefined;
    for (;;) {
      const items = await findItems(database, scopeOf(request), { ...query, ...(last && { after: last }) });
      for (const { attributes } of items) {
        if (signal.aborted) return;
        yield {
          identifier: returnedItem(attributes, identifier),
          ...(hasUnknown ? { ignoresOptionalKeys: true } : {}),
        };
      }
      last = items.at(-1);
      if (items.length < batchSize) return;
    }
  };
}

/** @throws DimseError A900H where a key is none of its VR */
function readOrRefuse({ identifier }: WorklistRequest): FindKeys {
  try {
    return readFindKeys(identifier);
  } catch (thrown) {
    if (!(thrown instanceof EtalonError)) throw thrown;
    throw new DimseError(dimseStatus.doesNotMatchSopClass, "a matching key is malformed", [thrown.field]);
  }
}
