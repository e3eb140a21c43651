import type { Language } from "@etalon/base";

/** What a reader wrote: paragraphs, parted by empty lines. */
export interface WrittenSections {
  readonly indication?: string | undefined;
  readonly findings?: string | undefined;
  readonly conclusion?: string | undefined;
  readonly comment?: string | undefined;
}

/** Who answers for a report, and since when. */
export interface Signature {
  /** As it is shown: "Dr Anne Le Goff". */
  readonly name: string;
  /** The hospital or practice, where it is known. */
  readonly organization?: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

/** What was added to a report after it was signed. */
export interface Addendum extends Signature {
  readonly text: string;
  readonly language: Language;
}

/** A picture that the reader chose. */
export interface ChosenPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly caption?: string;
  /** The image and its frame (from 1) that it shows. */
  readonly sopInstanceUid: string;
  readonly frame: number;
}

/** What a reader made of a result, and whether somebody answers for it. */
export interface ReportReading {
  /** What was written, by the language it was written in. */
  readonly sections: { readonly [language in Language]?: WrittenSections | undefined };
  readonly pictures: readonly ChosenPicture[];
  /** Absent as long as nobody has signed. */
  readonly signature?: Signature;
  readonly addenda: readonly Addendum[];
  /** The structured report that this one takes the place of, where something was added to it. */
  readonly predecessor?: {
    readonly sopClassUid: string;
    readonly sopInstanceUid: string;
    readonly seriesInstanceUid: string;
  };
}

/** The last result of the same person by the same protocol. */
export interface PriorResult {
  /** YYYY-MM-DD; absent where the study says none. */
  readonly day?: string;
  /** Days from that study to this one. */
  readonly days?: number;
  readonly digest: string;
  readonly isSigned: boolean;
  readonly sameProtocolVersion: boolean;
  readonly sameParameters: boolean;
  /** Totals that both have, in the order of this result. */
  readonly outputs: readonly {
    readonly id: string;
    readonly unit: string;
    readonly before: number;
    readonly now: number;
  }[];
}
