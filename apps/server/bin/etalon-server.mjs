#!/usr/bin/env node
/**
 * Starts the server. Plain JavaScript that any Node since 18 can read: it goes on in this process where Node is new enough to
 * run the sources, else in the Node that npm brought as an optional dependency, else says in one sentence what is missing.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

/** The sources are run by type stripping, without a warning since Node 24. */
const oldestMajor = 24;

/** How often a process that npm started looks whether the shell between them lives. */
const lookEveryMs = 500;

/** The optional dependency that brings Node to this system. */
const nodePackage = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

if (Number.parseInt(process.versions.node, 10) >= oldestMajor) {
  await runHere();
} else {
  const node = findBroughtNode();
  if (node === undefined) sayWhatIsMissing();
  else runIn(node);
}

async function runHere() {
  // Images pass through the memory outside the heap. V8 counts them against a heap that is small and collects after every few
  // megabytes; with this it waits until what lives has grown to three times its size.
  setFlagsFromString("--heap-growing-percent=200");
  const ending = new AbortController();
  // Said more than once, as by a terminal and by npm, it is still one end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => ending.abort());
  whenNpmEnds(() => ending.abort());
  const { main } = await import(new URL("../src/main.ts", import.meta.url).href);
  process.exitCode = await main(process.argv.slice(2), {
    environment: process.env,
    out: (/** @type {string} */ text) => process.stdout.write(text),
    err: (/** @type {string} */ text) => process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true,
    ending: ending.signal,
  });
}

/**
 * npm passes a SIGTERM on to the shell that it started, which ends without a word to us: then we end, too.
 *
 * @param {() => void} end
 */
function whenNpmEnds(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), lookEveryMs).unref();
}

/** Path of the Node brought by npm, or undefined. */
function findBroughtNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${nodePackage}/package.json`);
    const node = join(dirname(manifest), "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} node */
function runIn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  // Ctrl-C reaches the child too, which ends in good order.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  whenNpmEnds(() => child.kill("SIGTERM"));
  child.on("error", () => sayWhatIsMissing());
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

function sayWhatIsMissing() {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "";
  process.stderr.write(
    locale.toLowerCase().startsWith("fr")
      ? `etalon a besoin de Node ${oldestMajor} ou plus récent : celui-ci est ${process.versions.node}, et le paquet facultatif ${nodePackage} qui en apporte un n'est pas installé.\n`
      : `etalon needs Node ${oldestMajor} or newer: this one is ${process.versions.node}, and the optional package ${nodePackage} that brings one is not installed.\n`,
  );
  process.exitCode = 1;
}
