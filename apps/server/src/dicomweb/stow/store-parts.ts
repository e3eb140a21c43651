import { EtalonError } from "@etalon/base";
import type { AccessScope } from "../../archive/access-scope.ts";
import type { Archive, StoreOutcome, StoreTurn } from "../../archive/archive.ts";
import { parseMediaType } from "../media/parse-media-type.ts";
import type { Part } from "../multipart/parse-multipart.ts";

/** What became of the parts of one request. */
export interface StoredParts {
  /** One for each part that was read, in their order. */
  readonly outcomes: readonly StoreOutcome[];
  /** Why no more were read: the body is broken, or the archive can take no more. Absent where it was read to its end. */
  readonly stoppedBy?: unknown;
}

/** Where parts go. */
export interface StoreTarget {
  readonly archive: Archive;
  readonly scope: AccessScope;
  /** The study of the URL. */
  readonly studyInstanceUid?: string;
}

/** Cannot understand: the part is no DICOM object (PS3.4 table B.2-1). */
const cannotUnderstand = 0xc000;

/** Codes after which another instance would meet the same. */
const stops: ReadonlySet<string> = new Set(["store-full", "store-failed", "archive-unavailable"]);

/** Parts whose bytes are here and not yet safe; each holds the start of an object in memory. */
const mostInFlight = 16;

/**
 * Stores the parts, reading one after the other: while one is made safe, the next is read. Settles when all that were read are
 * safe or refused.
 */
export async function storeParts(parts: AsyncIterable<Part>, target: StoreTarget): Promise<StoredParts> {
  const started: Promise<Settled>[] = [];
  const inFlight = new Set<Promise<Settled>>();
  let before = Promise.resolve();
  let failed: Settled | undefined;
  let stoppedBy: unknown;
  try {
    for await (const part of parts) {
      const passed = Promise.withResolvers<void>();
      const { outcome, hasEnded } = startPart(part, target, { before, pass: passed.resolve });
      before = Promise.all([before, passed.promise]).then(() => {});
      const settling = settled(outcome);
      started.push(settling);
      inFlight.add(settling);
      void settling.then((result) => {
        inFlight.delete(settling);
        if (isStop(result)) failed ??= result;
      });
      // Its bytes, or its end before them.
      await Promise.race([hasEnded, settling]);
      if (inFlight.size >= mostInFlight) await Promise.race(inFlight);
      if (failed !== undefined) break;
    }
  } catch (thrown) {
    stoppedBy = thrown;
  }
  const results = await Promise.all(started);
  return summary(results, stoppedBy);
}

/** What came of one part: an outcome, or the error that broke it off, which is the request's. */
type Settled = { readonly outcome: StoreOutcome } | { readonly thrown: unknown };

async function settled(outcome: Promise<StoreOutcome>): Promise<Settled> {
  try {
    return { outcome: await outcome };
  } catch (thrown) {
    return { thrown };
  }
}

function isStop(result: Settled): boolean {
  return "thrown" in result || (result.outcome.kind === "refused" && stops.has(result.outcome.errorCode));
}

function summary(results: readonly Settled[], thrownByBody: unknown): StoredParts {
  const outcomes = results.flatMap((result) => ("outcome" in result ? [result.outcome] : []));
  const broken = results.find((result) => "thrown" in result);
  if (broken !== undefined) return { outcomes, stoppedBy: broken.thrown };
  if (thrownByBody !== undefined) return { outcomes, stoppedBy: thrownByBody };
  const stop = outcomes.find((outcome) => outcome.kind === "refused" && stops.has(outcome.errorCode));
  if (stop?.kind !== "refused") return { outcomes };
  return {
    outcomes,
    stoppedBy: new EtalonError("store-full", { field: "the archive", received: stop.errorCode }),
  };
}

interface StartedPart {
  readonly outcome: Promise<StoreOutcome>;
  /** Settles when all bytes of the part were read. */
  readonly hasEnded: Promise<void>;
}

function startPart(part: Part, target: StoreTarget, turn: StoreTurn): StartedPart {
  const end = Promise.withResolvers<void>();
  const outcome = storePart({ ...part, body: sayingEnd(part.body, end.resolve) }, target, turn).finally(turn.pass);
  return { outcome, hasEnded: end.promise };
}

/** The same bytes, and word of their end. */
async function* sayingEnd(body: AsyncIterable<Uint8Array>, say: () => void): AsyncGenerator<Uint8Array, void, void> {
  yield* body;
  say();
}

async function storePart(
  part: Part,
  { archive, scope, studyInstanceUid }: StoreTarget,
  turn: StoreTurn,
): Promise<StoreOutcome> {
  const refusal = refusedHeaders(part.headers);
  if (refusal !== undefined) return refusal;
  const broken: unknown[] = [];
  const outcome = await archive.store(scope, {
    form: "part10",
    bytes: noticing(part.body, broken),
    turn,
    ...(studyInstanceUid === undefined ? {} : { expectedStudyInstanceUid: studyInstanceUid }),
  });
  // An object that was cut by the transfer is the request's fault, whatever the archive makes of it.
  if (broken.length > 0) throw broken[0];
  return outcome;
}

/** The same bytes, and a note of the error that ended them. */
async function* noticing(body: AsyncIterable<Uint8Array>, broken: unknown[]): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* body;
  } catch (thrown) {
    broken.push(thrown);
    throw thrown;
  }
}

function refusedHeaders(headers: ReadonlyMap<string, string>): StoreOutcome | undefined {
  const encoding = headers.get("content-transfer-encoding")?.toLowerCase() ?? "binary";
  const type = headers.get("content-type") ?? "application/dicom";
  if (/^(binary|8bit|7bit)$/.test(encoding) && isDicom(type)) return undefined;
  const error = new EtalonError("unsupported-media-type", {
    field: "Content-Type of the part",
    received: `${type} in ${encoding}`.slice(0, 100),
    details: { expected: "application/dicom" },
  });
  return { kind: "refused", errorCode: error.code, message: error.message, failureReason: cannotUnderstand };
}

function isDicom(type: string): boolean {
  try {
    return parseMediaType(type, "Content-Type").name === "application/dicom";
  } catch {
    return false;
  }
}
