import { type ErrorCode, EtalonError } from "@etalon/base";
import type { StoreOutcome } from "../archive.ts";

/** Refused: out of resources. Senders try again later. */
const outOfResources = 0xa700;
/** Data set does not match SOP class: it is not what was announced. */
const doesNotMatch = 0xa900;
const cannotUnderstand = 0xc000;
const processingFailure = 0x0110;
const sopClassNotSupported = 0x0122;

/** Errors that are the archive's own, and those that PS3.4 has a number for; all others are the object's. */
const reasons: Readonly<Partial<Record<ErrorCode, number>>> = {
  "store-full": outOfResources,
  "archive-unavailable": outOfResources,
  "store-failed": processingFailure,
  "blob-missing": processingFailure,
  "uid-mismatch": doesNotMatch,
  "media-directory": sopClassNotSupported,
};

/**
 * The outcome of an object that is not kept, with the number that says why: FailureReason of STOW and status of C-STORE
 * (PS3.18 table I.2-2, PS3.4 table B.2-1, PS3.7 annex C).
 */
export function refusalOf(
  error: EtalonError,
  named: { readonly sopClassUid?: string | undefined; readonly sopInstanceUid?: string | undefined },
): StoreOutcome {
  const { sopClassUid, sopInstanceUid } = named;
  return {
    kind: "refused",
    errorCode: error.code,
    message: error.message,
    failureReason: reasons[error.code] ?? cannotUnderstand,
    ...(sopClassUid === undefined ? {} : { sopClassUid }),
    ...(sopInstanceUid === undefined ? {} : { sopInstanceUid }),
  };
}

/** PostgreSQL's own disk_full; every other trouble with it passes, and the sender has the object still. */
const diskFull = "53100";

/** Does work in the database. @throws {EtalonError} `archive-unavailable` or `store-full` for whatever the database throws */
export async function inDatabase<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof EtalonError) throw thrown;
    const received = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "no answer";
    const code = received === diskFull ? "store-full" : "archive-unavailable";
    throw new EtalonError(code, { field: "the object", received, cause: thrown });
  }
}
