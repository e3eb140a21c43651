import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "../../../..");

/** A program under the root of the project, with what it has said. */
export interface Program {
  readonly child: ChildProcess;
  /** What the first group of a pattern finds in its output, once it does. */
  readonly said: (pattern: RegExp) => Promise<string>;
  /** Its exit. */
  readonly ended: Promise<number | null>;
}

/** Starts a program. */
export function startProgram(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  let output = "";
  const child = spawn(process.execPath, [...argv], {
    cwd: root,
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((settle) => child.once("exit", settle));
  return {
    child,
    ended,
    said: async (pattern) => {
      for (;;) {
        const found = pattern.exec(output)?.[1];
        if (found !== undefined) return found;
        if (child.exitCode !== null) throw new Error(`${argv.join(" ")} ended: ${output}`);
        await new Promise((settle) => setTimeout(settle, 50));
      }
    },
  };
}

/** Starts a server on a folder that is kept, at a port that is free or the one given. */
export function startServer(folder: string, port = "0"): Program {
  return startProgram(["apps/server/bin/etalon-server.mjs"], {
    ETALON_DATA: join(folder, "data"),
    ETALON_HTTP_PORT: port,
    ETALON_DIMSE_PORT: "0",
    ETALON_WORKERS: "1",
  });
}

/** Debian's Chromium, drawing without a GPU. */
export function launchChromium(): Promise<Browser> {
  const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [...args, "--disable-background-networking", "--no-first-run"],
  });
}
