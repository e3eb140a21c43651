import type { DataSet } from "@etalon/dicom";

/** The level a query asks on (PS3.18 section 10.6, PS3.4 C.6.2). */
export type QueryLevel = "study" | "series" | "instance";

/** One matching key (PS3.4 C.2.2.2): the tag path and the text that was asked, not yet interpreted. */
export interface MatchingKey {
  /** Eight upper-case hexadecimal digits, "." between the levels of a sequence. */
  readonly path: string;
  /** As asked: may hold `*`, `?`, a range "20200101-20201231", or several UIDs with "," or "\". */
  readonly value: string;
}

/** A query of QIDO-RS or C-FIND, before SQL. */
export interface Query {
  readonly level: QueryLevel;
  readonly keys: readonly MatchingKey[];
  /** Tags asked for besides those always returned; "all" for every attribute stored. */
  readonly includeFields: readonly string[] | "all";
  readonly isFuzzy: boolean;
  readonly limit: number;
  readonly offset: number;
  /** Levels above whose own attributes are returned too, as QIDO asks of searches across studies; none where absent. */
  readonly parents?: readonly QueryLevel[];
  /** Ranges of a date and of its time are one range of moments (PS3.4 C.2.2.2.5.4): always in QIDO, negotiated in DIMSE. */
  readonly isCombinedDateTime?: boolean;
  /** Two quotation marks ask for what has no value (PS3.4 C.2.2.2.7). */
  readonly isEmptyValueMatching?: boolean;
  /** Every value of a key must be there (PS3.4 C.2.2.2.8); one of them is enough otherwise. */
  readonly isMultipleValueMatching?: boolean;
}

/** One page of matches. */
export interface QueryPage {
  /** Attributes of each match, in a stable order. */
  readonly matches: readonly DataSet[];
  /** All that match, not only this page. */
  readonly total: number;
  /** What was ignored or not exact: said in a Warning header. */
  readonly warnings: readonly string[];
}
