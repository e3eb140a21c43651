import { type ErrorCode, errorTable } from "./error-codes.ts";
import type { ErrorKind } from "./error-row.ts";

/** The two languages of every message. */
export type Language = "en" | "fr";

/** What the placeholders of an error's sentence are filled with. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** What an error says besides its code. */
export interface ErrorContext {
  /** The argument, attribute, file or role at fault, by its public name. */
  readonly field: string;
  /** What was received instead, short enough to print. */
  readonly received?: string | number;
  /** Further values of the sentence (`expected`, `reason`, `file`, `tag`, `offset` …). */
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/**
 * The error of the whole project: a literal `code` and `field` for programs, `message` for people (English; see
 * {@link messageOf} for another language).
 */
export class EtalonError extends Error {
  override readonly name: string = "EtalonError";
  readonly code: ErrorCode;
  readonly field: string;
  readonly received: string | number | undefined;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, context: ErrorContext) {
    super(sentence(code, context, "en"), context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.field = context.field;
    this.received = context.received;
    this.details = context.details ?? {};
  }

  /** Whether the question was asked wrongly (`usage`) or the input cannot be used (`input`). */
  get kind(): ErrorKind {
    return errorTable[this.code].kind;
  }
}

/** An argument that no correct measurement can be computed from. */
export class InputError extends EtalonError {
  override readonly name = "InputError";

  /**
   * @param code literal code
   * @param field public name of the argument
   * @param received what was given
   * @param expected the rule it breaks, in symbols that need no translation ("> 0 cm/s", "0..1")
   */
  // biome-ignore lint/complexity/useMaxParams: thrown from every argument check, where it must stay one line.
  constructor(code: ErrorCode, field: string, received: string | number, expected = "") {
    super(code, { field, received, details: { expected } });
  }
}

/** A file that is not DICOM, is broken, or holds what is not supported. `field` is the tag or attribute at fault. */
export class DicomError extends EtalonError {
  override readonly name = "DicomError";

  constructor(code: ErrorCode, context: ErrorContext & { readonly file: string }) {
    super(code, { ...context, details: { ...context.details, file: context.file } });
  }
}

/** A measurement that is refused because its number would be wrong. */
export class RefusalError extends EtalonError {
  override readonly name = "RefusalError";
}

/** The message of an error in one language, from the error table. */
export function messageOf(error: EtalonError, language: Language): string {
  return sentence(error.code, error, language);
}

function sentence(
  code: ErrorCode,
  context: { readonly field: string; readonly received?: string | number | undefined; readonly details?: ErrorDetails },
  language: Language,
): string {
  return errorTable[code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "field") return context.field;
    if (name === "received") return String(context.received ?? "?");
    return String(context.details?.[name] ?? "?");
  });
}
