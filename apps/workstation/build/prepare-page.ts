/**
 * Builds the workstation's page where its sources have changed since it was built, and says so. Where that fails the server
 * starts all the same: archive and API need no page.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sourceHash } from "./source-hash.ts";

const isFrench = (process.env["LC_ALL"] || process.env["LC_MESSAGES"] || process.env["LANG"] || "").startsWith("fr");

try {
  const hash = sourceHash(resolve(import.meta.dirname, "../../.."));
  // Vite is loaded only where there is something to build.
  const { buildPage, builtFromFile, pageFolder } = await import("./build-page.ts");
  if (builtFrom(join(pageFolder, builtFromFile)) !== hash) {
    say("Building the workstation's page (once) …", "Construction de la page du poste de lecture (une seule fois)…");
    await buildPage(hash);
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  say(
    `The page was not built; the server starts without it: ${reason}`,
    `La page n'a pas été construite ; le serveur démarre sans elle : ${reason}`,
  );
}

function builtFrom(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}

function say(english: string, french: string): void {
  process.stderr.write(`${isFrench ? french : english}\n`);
}
