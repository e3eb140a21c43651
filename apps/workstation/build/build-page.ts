import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { codecWasmFiles } from "../../../scripts/codec-wasm-files.ts";

/** Folder of the built page, in apps/workstation. */
export const pageFolder: string = join(import.meta.dirname, "../dist");

/** File of the built page that says what it was built from. */
export const builtFromFile = "built-from.txt";

/**
 * Builds the page into {@link pageFolder}, whole or not at all: what was there stays until the new one is complete.
 *
 * @param hash what it is built from
 */
export async function buildPage(hash: string): Promise<void> {
  const building = `${pageFolder}-${process.pid}`;
  try {
    await build({
      configFile: join(import.meta.dirname, "../vite.config.ts"),
      // The codecs name modules of Node that they ask for only there.
      logLevel: "error",
      build: { outDir: building, emptyOutDir: true },
    });
    // Beside the scripts: that is where a worker looks for them.
    mkdirSync(join(building, "assets/codec-wasm"), { recursive: true });
    for (const [name, bytes] of await codecWasmFiles()) writeFileSync(join(building, "assets", name), bytes);
    writeFileSync(join(building, builtFromFile), `${hash}\n`);
    rmSync(pageFolder, { recursive: true, force: true });
    renameSync(building, pageFolder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}
