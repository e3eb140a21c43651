import type { EtalonError, JsonValue } from "@etalon/base";
import { dataSetOf, type Element, toDicomJson } from "@etalon/dicom";
import type { StoreOutcome } from "../../archive/archive.ts";
import { resourceUrl } from "../resource-url.ts";

type Refused = Extract<StoreOutcome, { kind: "refused" }>;
type Kept = Exclude<StoreOutcome, Refused>;

/**
 * The HTTP status of a STOW answer (PS3.18 table 10.5.3-1): 200 all were stored, 202 some were, 409 none was.
 *
 * @param outcomes at least one
 */
export function storeStatus(outcomes: readonly StoreOutcome[]): 200 | 202 | 409 {
  const refused = outcomes.filter(({ kind }) => kind === "refused").length;
  if (refused === 0) return 200;
  return refused < outcomes.length ? 202 : 409;
}

/**
 * The Store Instances Response Module (PS3.18 annex I) in DICOM JSON. Parts that have no UIDs stand in the Other Failures
 * Sequence. Each failure carries its code and sentence in the private block "ETALON" (0009,xx01) and (0009,xx02).
 *
 * @param stoppedBy error that ended the reading of the body, itself one of the other failures
 */
export function storeResponse(
  baseUrl: string,
  { outcomes, stoppedBy }: { readonly outcomes: readonly StoreOutcome[]; readonly stoppedBy?: EtalonError },
): JsonValue {
  const kept = outcomes.filter((outcome): outcome is Kept => outcome.kind !== "refused");
  const refused = outcomes.filter((outcome): outcome is Refused => outcome.kind === "refused");
  const named = refused.filter(({ sopInstanceUid }) => sopInstanceUid !== undefined);
  const nameless = refused.filter(({ sopInstanceUid }) => sopInstanceUid === undefined).map(failureOf);
  const others = stoppedBy === undefined ? nameless : [...nameless, failureOf(stopOf(stoppedBy))];
  const studies = new Set(kept.map(({ studyInstanceUid }) => studyInstanceUid));
  const [study] = studies;
  return toDicomJson(
    dataSetOf({
      RetrieveURL: studies.size === 1 && study !== undefined ? resourceUrl(baseUrl, { studyInstanceUid: study }) : null,
      ReferencedSOPSequence: kept.length === 0 ? undefined : kept.map((outcome) => referenceOf(baseUrl, outcome)),
      FailedSOPSequence:
        named.length === 0
          ? undefined
          : named.map((outcome) => ({
              ReferencedSOPClassUID: outcome.sopClassUid ?? null,
              ReferencedSOPInstanceUID: outcome.sopInstanceUid ?? null,
              ...failureOf(outcome),
            })),
      OtherFailuresSequence: others.length === 0 ? undefined : others,
    }),
  );
}

function referenceOf(baseUrl: string, outcome: Kept) {
  return {
    ReferencedSOPClassUID: outcome.sopClassUid,
    ReferencedSOPInstanceUID: outcome.sopInstanceUid,
    RetrieveURL: resourceUrl(baseUrl, outcome),
  };
}

function failureOf({ failureReason, errorCode, message }: Refused) {
  const creator: Element = { vr: "LO", Value: ["ETALON"] };
  const code: Element = { vr: "LO", Value: [errorCode] };
  const sentence: Element = { vr: "UT", Value: [message] };
  return { FailureReason: failureReason, "00090010": creator, "00091001": code, "00091002": sentence };
}

/** Out of resources (PS3.4 table B.2-1), or processing failure (PS3.7 annex C.5.21). */
function stopOf(error: EtalonError): Refused {
  const failureReason = error.code === "store-full" ? 0xa700 : 0x0110;
  return { kind: "refused", errorCode: error.code, message: error.message, failureReason };
}
