/** A coded concept, as DICOM SR writes it (PS3.3 section 8.8). `99ETALON` is our own scheme, for what no standard codes. */
export interface Code {
  readonly value: string;
  readonly scheme: "LN" | "SCT" | "DCM" | "RADLEX" | "99ETALON";
  readonly meaning: string;
}

/** A text in both languages. */
export interface Text {
  readonly en: string;
  readonly fr: string;
}

/** Where a definition, a number or a method was published. */
export interface Reference {
  readonly citation: string;
  readonly doi?: string;
  /** What was checked of this reference, and what was not. */
  readonly note?: string;
}
