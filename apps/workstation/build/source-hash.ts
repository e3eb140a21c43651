import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the page is built from, relative to the project's root. */
const sources = [
  "package-lock.json",
  "apps/workstation/index.html",
  "apps/workstation/alone.html",
  "apps/workstation/share.html",
  "apps/workstation/package.json",
  "apps/workstation/vite.config.ts",
  "apps/workstation/public",
  "apps/workstation/build",
  "apps/workstation/src",
  "packages",
];

/** Files that never reach the page. */
const isOther = /(^|\/)(node_modules|dist|testing)(\/|$)|\.test\.tsx?$/;

/** SHA-256 over the names and bytes of all that the page is built from. */
export function sourceHash(root: string): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of filesUnder(root, source)) {
      hash.update(`${file}\n`).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest("hex");
}

function filesUnder(root: string, path: string): readonly string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .map((entry) => ({ entry, file: `${path}/${entry.name}` }))
    .filter(({ file }) => !isOther.test(file))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .flatMap(({ entry, file }) => (entry.isDirectory() ? filesUnder(root, file) : [file]));
}
