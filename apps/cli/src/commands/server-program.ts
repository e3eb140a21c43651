import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EtalonError } from "@etalon/base";
import type { Terminal } from "../terminal.ts";

/** The server's own program, in a clone of the project. */
const serverProgram = fileURLToPath(new URL("../../../server/bin/etalon-server.mjs", import.meta.url));

/**
 * Runs the server's program, as a process of its own that ends with this one. Its arguments, its output and its exit code are
 * the server's.
 *
 * @throws {EtalonError} `server-absent` in the published package, which is the command line alone
 */
export async function runServerProgram(argv: readonly string[], terminal: Terminal): Promise<number> {
  if (!existsSync(serverProgram)) throw new EtalonError("server-absent", { field: "etalon serve" });
  const asked = argv.filter((argument) => argument !== "--json");
  const language = asked.some((argument) => /^--lang(=|$)/.test(argument)) ? [] : [`--lang=${terminal.language}`];
  const child = spawn(process.execPath, [serverProgram, ...asked, ...language], { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 1));
    });
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}
