import { EtalonError } from "@etalon/base";
import type { StoredBlob } from "../../store/blob-store.ts";
import type { AccessScope } from "../access-scope.ts";
import type { Incoming, StoreOutcome } from "../archive.ts";
import type { ArchivePlace } from "../archive-place.ts";
import { removeUnnamedBlob } from "../remove-unnamed-blob.ts";
import type { BlobPins } from "./blob-pins.ts";
import type { IndexQueue } from "./index-queue.ts";
import { checkAnnounced, type ObjectIdentity } from "./object-identity.ts";
import { type PreparedInstance, prepareInstance } from "./prepare-instance.ts";
import { type ReceivedStream, receiveStream } from "./received-stream.ts";
import { inDatabase, refusalOf } from "./refusal.ts";
import { boundedSource, ReadTooLong, storedSource } from "./stored-source.ts";
import type { TakeTurns } from "./take-turns.ts";

/** What the objects that one program stores share. */
export interface IngestPlace extends ArchivePlace {
  /** For objects whose reading takes much memory: deflated ones, and those with a header of many megabytes. */
  readonly inTurn: TakeTurns;
  readonly pins: BlobPins;
  readonly index: IndexQueue;
}

/**
 * Keeps one object: its bytes are in the store and synced, then read, then indexed; it is acknowledged after that. What is
 * refused leaves nothing behind. The sender's stream is always read to its end.
 *
 * @throws what `incoming.bytes` throws where the sender breaks off
 */
export async function storeInstance(place: IngestPlace, scope: AccessScope, incoming: Incoming): Promise<StoreOutcome> {
  const stream = receiveStream(incoming);
  const seen: Seen = {};
  try {
    return await keep(place, { scope, incoming, stream, seen });
  } catch (thrown) {
    const failure = stream.failure();
    if (failure !== undefined) throw failure.thrown;
    if (!(thrown instanceof EtalonError)) throw thrown;
    await stream.drain();
    return refusalOf(thrown, seen.identity ?? (incoming.form === "data-set" ? incoming : {}));
  } finally {
    if (incoming.form === "part10") incoming.turn?.pass();
    await letGo(place, seen);
  }
}

/** How far an object has come. */
interface Seen {
  blob?: StoredBlob;
  identity?: ObjectIdentity;
  /** Whether the index names its blob. */
  isNamed?: boolean;
}

interface Received {
  readonly scope: AccessScope;
  readonly incoming: Incoming;
  readonly stream: ReceivedStream;
  readonly seen: Seen;
}

async function keep(place: IngestPlace, { scope, incoming, stream, seen }: Received): Promise<StoreOutcome> {
  const blob = await place.store.put(stream.bytes);
  place.pins.hold(blob.sha256);
  seen.blob = blob;
  const { head, dataSetSha256, isDeflated } = stream.passed();
  const prepared = await prepare(place, { blob, head, isDeflated });
  const { identity } = prepared;
  seen.identity = identity;
  checkAnnounced(identity, incoming);
  const turn = incoming.form === "part10" ? incoming.turn : undefined;
  await turn?.before;
  const indexing = inDatabase(() =>
    place.index({
      scope,
      prepared,
      blob,
      dataSetSha256,
      receivedAt: place.clock(),
      receivedFrom: (incoming.form === "data-set" ? incoming.callingAeTitle : undefined) ?? scope.purpose,
    }),
  );
  turn?.pass();
  const indexed = await indexing;
  // The same data set may have come before in another file: with another group 0002, or none.
  seen.isNamed = indexed.fileSha256 === blob.sha256;
  return { kind: indexed.kind, ...identity, dataSetSha256 };
}

/** Reads an object; one whose reading takes much memory waits for its turn. */
async function prepare(
  { store, inTurn }: IngestPlace,
  { blob, head, isDeflated }: { readonly blob: StoredBlob; readonly head: Uint8Array; readonly isDeflated: boolean },
): Promise<PreparedInstance> {
  const source = storedSource(store, blob, head);
  if (isDeflated) return inTurn(() => prepareInstance(source));
  try {
    return await prepareInstance(boundedSource(source));
  } catch (thrown) {
    if (thrown instanceof ReadTooLong) return inTurn(() => prepareInstance(source));
    throw thrown;
  }
}

/**
 * Removes the bytes of what is not indexed, unless others bring the same at this moment: the last of them does it. Where
 * the database cannot say, they stay until the next reconciliation.
 */
async function letGo(place: IngestPlace, { blob, isNamed }: Seen): Promise<void> {
  if (blob === undefined || !place.pins.release(blob.sha256) || isNamed === true) return;
  await removeUnnamedBlob(place, blob.sha256).catch(() => false);
}
