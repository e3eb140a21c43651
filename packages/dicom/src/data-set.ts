/** A person name in its component groups (PS3.5 section 6.2.1). */
export interface PersonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

/** One value of an element, as the DICOM JSON model writes it (PS3.18 annex F.2); `null` is an empty value. */
export type ElementValue = string | number | bigint | PersonName | DataSet | null;

/** Where a large value lies in its file; it is read when asked for, never by header reading. */
export interface BulkReference {
  /** Offset of the first byte of the value in the data set's byte stream (the inflated stream when deflated). */
  readonly offset: number;
  /** Length in bytes; -1 for encapsulated pixel data, whose fragments follow at `offset`. */
  readonly length: number;
}

/** One data element: exactly one of `Value`, `bytes` or `bulk` is present, none when the element is empty. */
export interface Element {
  readonly vr: string;
  readonly Value?: readonly ElementValue[];
  /** The value of a binary VR (OB, OD, OF, OL, OV, OW, UN) as in the file, always little endian. */
  readonly bytes?: Uint8Array;
  readonly bulk?: BulkReference;
}

/** A data set: elements by tag, eight upper-case hexadecimal digits ("00100010"); `sortedTags` gives them in order. */
export interface DataSet {
  readonly [tag: string]: Element;
}
