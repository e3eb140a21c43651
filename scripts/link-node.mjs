/**
 * Runs after `npm install`, on whatever Node the machine has: puts the Node that npm brought into `node_modules/.bin`, where
 * `npm run` and `npx` find it first. npm 11 does so by itself; npm 10 links it, and then removes the link again together with
 * the packages of the other systems, which bear the same name there.
 */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * @param {string} root folder that has `node_modules`
 * @param {{ platform: string, arch: string }} system as `process` says it
 * @returns {boolean} whether there was a link to make
 */
export function linkNode(root, { platform, arch }) {
  const isWindows = platform === "win32";
  const name = `node-${isWindows ? "win" : platform}-${arch}`;
  const program = isWindows ? "node.exe" : "node";
  const bin = join(root, "node_modules/.bin");
  const link = join(bin, isWindows ? "node.cmd" : "node");
  if (!existsSync(join(root, "node_modules", name, "bin", program)) || existsSync(link)) return false;
  mkdirSync(bin, { recursive: true });
  if (isWindows) writeFileSync(link, `@"%~dp0\\..\\${name}\\bin\\node.exe" %*\r\n`);
  else symlinkSync(`../${name}/bin/${program}`, link);
  return true;
}

// Node 18 has neither import.meta.main nor import.meta.dirname.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  linkNode(fileURLToPath(new URL("..", import.meta.url)), process);
}
