#!/usr/bin/env node
/**
 * Starts Etalon. Plain JavaScript that any Node since 18 can read: it goes on in this process where Node is new enough, else
 * in the Node that came with the package as an optional dependency, else says in one sentence what is missing.
 *
 * The same file serves the clone, where it runs the sources, and the published package, where it runs the bundle beside it.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const bundle = new URL("../etalon-bundle.mjs", import.meta.url);
const isPublished = existsSync(bundle);
const program = isPublished ? bundle : new URL("../src/main.ts", import.meta.url);

/** The sources are run by type stripping, without a warning since Node 24; the bundle needs Node 22.13. */
const oldestNode = isPublished ? [22, 13] : [24, 0];

/** The optional dependency that brings Node to this system. */
const nodePackage = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

if (isNewEnough(process.versions.node)) {
  await runHere();
} else {
  const node = findBroughtNode();
  if (node === undefined) sayWhatIsMissing();
  else runIn(node);
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

async function runHere() {
  // A reader that closes the pipe, such as `head`, ends the program and is no error.
  process.stdout.on("error", (error) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2), {
    environment: process.env,
    out: (/** @type {string} */ text) => process.stdout.write(text),
    err: (/** @type {string} */ text) => process.stderr.write(text),
  });
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
  // Ctrl-C reaches the child too, which decides how to end.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", () => sayWhatIsMissing());
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

function sayWhatIsMissing() {
  const oldest = oldestNode.join(".");
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "";
  process.stderr.write(
    locale.toLowerCase().startsWith("fr")
      ? `etalon a besoin de Node ${oldest} ou plus récent : celui-ci est ${process.versions.node}, et le paquet facultatif ${nodePackage} qui en apporte un n'est pas installé.\n`
      : `etalon needs Node ${oldest} or newer: this one is ${process.versions.node}, and the optional package ${nodePackage} that brings one is not installed.\n`,
  );
  process.exitCode = 1;
}
