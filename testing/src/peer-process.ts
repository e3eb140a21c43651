import { type ChildProcess, spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** How a program ended, and all it wrote. */
export interface ProgramOutcome {
  readonly exitCode: number;
  readonly output: string;
}

/** Where and with which variables a program runs. */
export interface ProgramPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs a program to its end. */
export function runProgram(command: string, args: readonly string[], place: ProgramPlace): Promise<ProgramOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { ...place, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Uint8Array): void => {
      output += new TextDecoder().decode(chunk);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode: exitCode ?? -1, output }));
  });
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** A program that listens, until it is stopped. */
export interface RunningPeer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts a program that listens on a port, and settles once it does.
 *
 * @param argsOf its arguments, from the port
 */
export async function startPeer(
  command: string,
  argsOf: (port: number) => readonly string[],
  place: ProgramPlace,
): Promise<RunningPeer> {
  const port = await freePort();
  const child = spawn(command, [...argsOf(port)], { ...place, stdio: "ignore" });
  for (let tries = 0; !(await isListening(port)); tries++) {
    if (tries > 200 || child.exitCode !== null) throw new Error(`${command} does not listen on ${port}`);
    await delay(50);
  }
  return { port, stop: () => stopProcess(child) };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("close", () => resolve());
    child.kill("SIGKILL");
  });
}
