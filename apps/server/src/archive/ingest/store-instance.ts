import { EtalonError } from "@etalon/base";
import type { StoredBlob } from "../../store/blob-store.ts";
import type { AccessScope } from "../access-scope.ts";
import type { Incoming, StoreOutcome } from "../archive.ts";
import type { ArchivePlace } from "../archive-place.ts";
import { removeUnnamedBlob } from "../remove-unnamed-blob.ts";
import { indexInstance } from "./index-instance.ts";
import { checkAnnounced, type ObjectIdentity } from "./object-identity.ts";
import { type PreparedInstance, prepareInstance } from "./prepare-instance.ts";
import { type ReceivedStream, receiveStream } from "./received-stream.ts";
import { inDatabase, refusalOf } from "./refusal.ts";
import { storedSource } from "./stored-source.ts";
import type { TakeTurns } from "./take-turns.ts";

/**
 * Keeps one object: its bytes are in the store and synced, then read, then indexed; it is acknowledged after that. What is
 * refused leaves nothing behind. The sender's stream is always read to its end.
 *
 * @throws what `incoming.bytes` throws where the sender breaks off
 */
export async function storeInstance(
  place: ArchivePlace & { readonly inflateInTurn: TakeTurns },
  scope: AccessScope,
  incoming: Incoming,
): Promise<StoreOutcome> {
  const stream = receiveStream(incoming);
  const seen: Seen = {};
  try {
    return await keep(place, { scope, incoming, stream, seen });
  } catch (thrown) {
    await leaveNothing(place, seen);
    const failure = stream.failure();
    if (failure !== undefined) throw failure.thrown;
    if (!(thrown instanceof EtalonError)) throw thrown;
    await stream.drain();
    return refusalOf(thrown, seen.identity ?? (incoming.form === "data-set" ? incoming : {}));
  }
}

/** What was known of an object when it was refused. */
interface Seen {
  blob?: StoredBlob;
  identity?: ObjectIdentity;
}

interface Received {
  readonly scope: AccessScope;
  readonly incoming: Incoming;
  readonly stream: ReceivedStream;
  readonly seen: Seen;
}

async function keep(
  place: ArchivePlace & { readonly inflateInTurn: TakeTurns },
  { scope, incoming, stream, seen }: Received,
): Promise<StoreOutcome> {
  const blob = await place.store.put(stream.bytes);
  seen.blob = blob;
  const { head, dataSetSha256, isDeflated } = stream.passed();
  const source = storedSource(place.store, blob, head);
  const prepare = (): Promise<PreparedInstance> => prepareInstance(source);
  const prepared = await (isDeflated ? place.inflateInTurn(prepare) : prepare());
  const { identity } = prepared;
  seen.identity = identity;
  checkAnnounced(identity, incoming);
  const indexed = await inDatabase(() =>
    indexInstance(place.database, place.store, {
      scope,
      prepared,
      blob,
      dataSetSha256,
      receivedAt: place.clock(),
      receivedFrom: (incoming.form === "data-set" ? incoming.callingAeTitle : undefined) ?? scope.purpose,
    }),
  );
  // The same data set came in another file: with another group 0002, or none.
  if (indexed.fileSha256 !== blob.sha256) await leaveNothing(place, seen);
  return { kind: indexed.kind, ...identity, dataSetSha256 };
}

/** Removes the bytes of what is not indexed. Where the database cannot say, they stay until the next reconciliation. */
async function leaveNothing(place: ArchivePlace, { blob }: Seen): Promise<void> {
  if (blob !== undefined) await removeUnnamedBlob(place, blob.sha256).catch(() => false);
}
