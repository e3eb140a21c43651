import type { Language } from "@etalon/base";

/** What the server is run with: the process, or a test's stand-in. */
export interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: what people read at the start. */
  readonly out: (text: string) => void;
  /** Standard error: the log, a line each, and why a start failed. */
  readonly err: (text: string) => void;
  /** Whether a person reads standard output now. */
  readonly isTerminal?: boolean;
  /** Aborted when the server is to end. */
  readonly ending: AbortSignal;
}

/** Something that the program does besides serving; answers with the exit code. */
export type Command = (
  argv: readonly string[],
  run: { readonly host: Host; readonly language: Language },
) => Promise<number>;
