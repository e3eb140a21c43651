import { EtalonError } from "@etalon/base";
import type { AccessScope } from "../../archive/access-scope.ts";
import type { Archive, StoreOutcome } from "../../archive/archive.ts";
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

/** Stores part after part; the next one is read when the one before is safe. */
export async function storeParts(parts: AsyncIterable<Part>, target: StoreTarget): Promise<StoredParts> {
  const outcomes: StoreOutcome[] = [];
  try {
    for await (const part of parts) {
      const outcome = await storePart(part, target);
      outcomes.push(outcome);
      if (outcome.kind === "refused" && stops.has(outcome.errorCode)) {
        return {
          outcomes,
          stoppedBy: new EtalonError("store-full", { field: "the archive", received: outcome.errorCode }),
        };
      }
    }
    return { outcomes };
  } catch (stoppedBy) {
    return { outcomes, stoppedBy };
  }
}

async function storePart(part: Part, { archive, scope, studyInstanceUid }: StoreTarget): Promise<StoreOutcome> {
  const refusal = refusedHeaders(part.headers);
  if (refusal !== undefined) return refusal;
  const broken: unknown[] = [];
  const outcome = await archive.store(scope, {
    form: "part10",
    bytes: noticing(part.body, broken),
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
