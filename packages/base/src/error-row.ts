/** What a program must do with an error: `usage` was asked wrongly (exit 2), `input` cannot be measured or read (exit 3). */
export type ErrorKind = "usage" | "input";

/** One row of the error table; `{name}` in a sentence is filled from the error's `field`, `received` and `details`. */
export interface ErrorRow {
  readonly kind: ErrorKind;
  readonly en: string;
  readonly fr: string;
}
