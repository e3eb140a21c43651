import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The server's program, as `npm start` runs it. */
export const serverProgram: string = fileURLToPath(new URL("../../bin/etalon-server.mjs", import.meta.url));

/** A server in a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** What it wrote so far, both streams. */
  output(): string;
  /** Where it answers HTTP, once it does. @throws where it ends before */
  url(): Promise<string>;
}

/** How a process runs: as ourselves, without arguments, where absent. */
export interface RunAs {
  readonly argv?: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts the server's program on a data folder, HTTP on a free port. */
export function spawnServer(
  dataFolder: string,
  environment: Readonly<Record<string, string>> = {},
  { argv = [], ...runAs }: RunAs = {},
): ServerProcess {
  const child = spawn(process.execPath, [serverProgram, ...argv], {
    ...runAs,
    env: {
      PATH: process.env["PATH"],
      ETALON_DATA: dataFolder,
      ETALON_HTTP_PORT: "0",
      ETALON_DIMSE_PORT: "0",
      ETALON_ACCOUNTS: "off",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal ?? 0);
    });
  });
  return {
    child,
    ended,
    output: () => output,
    url: async () => {
      for (;;) {
        const url = /Health\s+(\S+)\/healthz/.exec(output)?.[1];
        if (url !== undefined) return url;
        if (hasEnded) throw new Error(`the server ended: ${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** A new folder, mode 700. */
export async function temporaryDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "etalon-server-"));
}

/** Removes a data folder; what still runs on it is the caller's. */
export async function removeDataFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
