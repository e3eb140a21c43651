import type { Terminal } from "../terminal.ts";
import { runServerProgram } from "./server-program.ts";

/** `etalon serve`: the archive. @throws {EtalonError} `server-absent` in the published package */
export function serve(argv: readonly string[], terminal: Terminal): Promise<number> {
  return runServerProgram(argv, terminal);
}
