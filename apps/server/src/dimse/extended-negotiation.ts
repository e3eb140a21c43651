import { findSopClasses, getSopClasses, moveSopClasses } from "@etalon/dicom/network";

/**
 * What was agreed on for a query or a retrieve beyond its baseline (PS3.4 sections C.5.1.1, C.5.2.1 and C.5.3.1): nothing
 * where nothing was.
 */
export interface ExtendedBehavior {
  /** Keys of any level without the unique keys above (C.4.1.2.2, C.4.2.2.2). */
  readonly isRelational: boolean;
  /** Ranges of a date and of its time are one range of moments (C.2.2.2.5.4). */
  readonly isCombinedDateTime: boolean;
  readonly isFuzzy: boolean;
  readonly isEmptyValueMatching: boolean;
  readonly isMultipleValueMatching: boolean;
}

/** Bytes of the application information of a query: 1 as far as it is done here. */
const queryBehavior = {
  relational: 1,
  combinedDateTime: 1,
  fuzzy: 1,
  timezoneAdjustment: 0,
  multiFrameConversion: 0,
  emptyValue: 1,
  multipleValue: 1,
} as const;

/** Of a retrieve: relational retrieval, and no conversion of enhanced multi-frame images. */
const retrieveBehavior = { relational: 1, multiFrameConversion: 0 } as const;

const queries: ReadonlySet<string> = new Set(Object.values(findSopClasses));
const retrieves: ReadonlySet<string> = new Set([...Object.values(moveSopClasses), ...Object.values(getSopClasses)]);

/** The answer to the application information of a SOP class: of what is asked for, what is done here. */
export function answerExtended(sopClassUid: string, information: Uint8Array): Uint8Array | undefined {
  const isQuery = queries.has(sopClassUid);
  if (!isQuery && !retrieves.has(sopClassUid)) return undefined;
  const offered: readonly number[] = Object.values(isQuery ? queryBehavior : retrieveBehavior);
  return information.slice(0, offered.length).map((asked, at) => (asked === 1 && offered[at] === 1 ? 1 : 0));
}

/** What the agreed application information says. */
export function readExtended(agreed: Uint8Array | undefined): ExtendedBehavior {
  const says = (name: keyof typeof queryBehavior): boolean => agreed?.[Object.keys(queryBehavior).indexOf(name)] === 1;
  return {
    isRelational: says("relational"),
    isCombinedDateTime: says("combinedDateTime"),
    isFuzzy: says("fuzzy"),
    isEmptyValueMatching: says("emptyValue"),
    isMultipleValueMatching: says("multipleValue"),
  };
}
