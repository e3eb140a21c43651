import type { Terminal } from "../terminal.ts";
import { runServerProgram } from "./server-program.ts";

/** What the server's program does besides serving, under the same names. @throws {EtalonError} `server-absent` */
export function serveBesides(
  name: "backup" | "restore" | "verify-audit",
): (argv: readonly string[], terminal: Terminal) => Promise<number> {
  return (argv, terminal) => runServerProgram([name, ...argv], terminal);
}
