import type { Archive } from "./archive.ts";
import type { ChangeHook } from "./archive-change.ts";
import type { ArchivePlace } from "./archive-place.ts";
import { type FoundFrames, findInstances, findVersions } from "./find-instances.ts";
import { createBlobPins } from "./ingest/blob-pins.ts";
import { createIndexQueue } from "./ingest/index-queue.ts";
import { storeInstance } from "./ingest/store-instance.ts";
import { createTurns } from "./ingest/take-turns.ts";
import { readMetadata, readMetadataTexts } from "./read-metadata.ts";
import { openInstance, readFrame } from "./read-stored.ts";
import { type RetentionRule, removeInstances } from "./remove-instances.ts";
import { searchArchive } from "./search/search.ts";
import { searchPatients } from "./search/search-patients.ts";

/** What an archive is made of. */
export interface ArchiveParts extends Omit<ArchivePlace, "clock"> {
  /** The time; the machine's own where absent. */
  readonly clock?: () => Date;
  /** What may not be removed yet; without one, everything may. */
  readonly retention?: RetentionRule;
  /** Told of every change in its transaction. */
  readonly onChange?: ChangeHook;
}

/** The archive over a database whose migrations are done and a blob store. Several programs may share both. */
export function createArchive(parts: ArchiveParts): Archive {
  const { database, store, retention, onChange, clock = () => new Date() } = parts;
  const place = { database, store, clock };
  const ingestPlace = {
    ...place,
    inTurn: createTurns(),
    pins: createBlobPins(),
    index: createIndexQueue({ database, store, onChange }),
  };
  const found: FoundFrames = new WeakMap();
  return {
    store: (scope, incoming) => storeInstance(ingestPlace, scope, incoming),
    search: (scope, query) => searchArchive(database, scope, query),
    patients: (scope, query) => searchPatients(database, scope, query),
    versions: (scope, selector) => findVersions(database, scope, selector),
    instances: (scope, selector) => findInstances(database, { scope, selector }, found),
    metadata: (scope, selector) => readMetadata(database, scope, selector),
    metadataTexts: (scope, selector) => readMetadataTexts(database, scope, selector),
    open: (scope, instance, range) => openInstance(place, { scope, instance }, range),
    frame: (scope, instance, frameNumber) => readFrame(place, { scope, instance, found }, frameNumber),
    remove: (scope, selector) => removeInstances({ ...place, retention, onChange }, scope, selector),
  };
}
