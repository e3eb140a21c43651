import type { Language } from "@etalon/base";
import type { GivenFact } from "@etalon/decide";
import type { Marks, Overrides, Region } from "@etalon/measure";
import type { WrittenSections } from "@etalon/report";
import type { Mark } from "./mark.ts";

/** Stands where a reading has its protocol: what was drawn on a study to look, when no reading by a protocol was open. */
export const measurementsOnly = "study/measurements";

/** An image that the reader chose for the report. */
export interface KeyImageRef {
  readonly sopInstanceUid: string;
  /** From 1. */
  readonly frame: number;
  readonly window?: { readonly center: number; readonly width: number };
  readonly caption?: string;
}

/** What a reader did by one protocol: all that a result and its report depend on. */
export interface ReadingDraft {
  /** Absent (null) before anything was marked: a result is then provisional. */
  readonly regions: readonly Region[] | null;
  readonly parameters: Overrides;
  readonly numbers: Readonly<Record<string, number>>;
  /** Series UID by role, where the reader chose. */
  readonly roles: Readonly<Record<string, string>>;
  readonly facts: readonly GivenFact[];
  readonly sections: Readonly<Partial<Record<Language, WrittenSections>>>;
  readonly keyImages: readonly KeyImageRef[];
  /** Lengths, angles, regions that were drawn while this reading was open. */
  readonly measurements: readonly Mark[];
  /** Of the report; the page's where nobody chose one. */
  readonly language: Language | undefined;
}

/** Nothing done yet. */
export const emptyDraft: ReadingDraft = {
  regions: null,
  parameters: {},
  numbers: {},
  roles: {},
  facts: [],
  sections: {},
  keyImages: [],
  measurements: [],
  language: undefined,
};

/** The marks of a draft as they are measured and stored: equal drafts give equal bytes. */
export function marksOfDraft({ regions }: Pick<ReadingDraft, "regions">): Marks | null {
  // A region of marks that were read is of either version; all of them are regions of version 2.
  return regions === null ? null : { schema: "etalon.marks/2", regions: [...regions] };
}
