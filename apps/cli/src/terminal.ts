import type { Language } from "@etalon/base";

/** Where a command writes, and in which language. */
export interface Terminal {
  readonly language: Language;
  /** Whether exactly one JSON document goes to standard output. */
  readonly isJson: boolean;
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
}

/** One line of progress on standard error, in the terminal's language. */
export function say(terminal: Terminal, text: { readonly en: string; readonly fr: string }): void {
  terminal.err(`${text[terminal.language]}\n`);
}

/** One JSON document on standard output, indented for people. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`);
}
