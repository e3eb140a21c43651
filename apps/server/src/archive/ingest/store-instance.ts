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
import { type Arrived, arrivedSource, boundedSource, ReadTooLong } from "./stored-source.ts";
import type { TakeTurns } from "./take-turns.ts";

/** What the objects that one program stores share. */
export interface IngestPlace extends ArchivePlace {
  /** For objects whose reading takes much memory: deflated ones, and those with a header of many megabytes. */
  readonly inTurn: TakeTurns;
  readonly pins: BlobPins;
  readonly index: IndexQueue;
}

/**
 * Keeps one object. While its bytes are synced it is read and its rows are written, which are committed after that; then it is
 * acknowledged. What is refused leaves nothing behind. The sender's stream is always read to its end.
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
  /** All its bytes came; the store may not have them. */
  blob?: StoredBlob;
  /** Settles when the store has done what it can. */
  kept?: Promise<unknown>;
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
  const whole = Promise.withResolvers<StoredBlob>();
  const kept = place.store.put(stream.bytes, whole.resolve);
  const blob = await Promise.race([whole.promise, kept]);
  place.pins.hold(blob.sha256);
  seen.blob = blob;
  seen.kept = kept;
  const { head, dataSetSha256, isDeflated } = stream.passed();
  const prepared = await whileKept(kept, prepare(place, { blob, head, kept, isDeflated }));
  const { identity } = prepared;
  seen.identity = identity;
  checkAnnounced(identity, incoming);
  const turn = incoming.form === "part10" ? incoming.turn : undefined;
  await whileKept(kept, turn?.before ?? Promise.resolve());
  const indexing = inDatabase(() =>
    place.index({
      scope,
      prepared,
      blob,
      kept,
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

/** What comes of work that goes on while bytes are kept; what the store says comes before what is wrong with the object. */
async function whileKept<T>(kept: Promise<unknown>, work: Promise<T>): Promise<T> {
  try {
    // The store's own failure ends the wait.
    return await Promise.race([work, kept.then(() => work)]);
  } catch (thrown) {
    await kept;
    throw thrown;
  }
}

/** Reads an object; one whose reading takes much memory waits for its turn. */
async function prepare(
  { store, inTurn }: IngestPlace,
  { isDeflated, ...arrived }: Arrived & { readonly isDeflated: boolean },
): Promise<PreparedInstance> {
  const source = arrivedSource(store, arrived);
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
async function letGo(place: IngestPlace, { blob, kept, isNamed }: Seen): Promise<void> {
  if (blob === undefined) return;
  const isKept = await Promise.resolve(kept).then(
    () => true,
    () => false,
  );
  if (!place.pins.release(blob.sha256) || isNamed === true || !isKept) return;
  await removeUnnamedBlob(place, blob.sha256).catch(() => false);
}
