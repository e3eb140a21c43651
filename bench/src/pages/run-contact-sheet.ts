/**
 * Opens every readable image of the shared data in the workstation, in a real browser on a real server, and lays the pictures
 * out on sheets to be looked at: `npm run contact-sheet -- FOLDER`. Writes docs/contact-sheet.md; the pictures stay in FOLDER.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sharedDataRoot } from "@etalon/testing";
import { spawnServer } from "../../../apps/server/src/testing/running-server.ts";
import { contactSheetPage } from "./contact-sheet-page.ts";
import { drawSheets } from "./draw-sheets.ts";
import { openBrowser } from "./open-browser.ts";
import { openStudies } from "./open-studies.ts";
import { storeFolder } from "./store-shared-data.ts";

const root = resolve(import.meta.dirname, "../../..");
const [folder = join(tmpdir(), "etalon-contact-sheet")] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
spawnSync(process.execPath, [join(root, "apps/workstation/build/prepare-page.ts")], { stdio: "inherit" });
const data = mkdtempSync(join(tmpdir(), "etalon-contact-"));
const server = spawnServer(data, { ETALON_WORKERS: "0", ETALON_LOG_LEVEL: "silent" });
const browser = await openBrowser();
try {
  const url = await server.url();
  const { stored, refused } = await storeFolder(sharedDataRoot, `${url}/dicom-web`);
  process.stderr.write(`${stored.size} objects stored, ${refused.length} files refused\n`);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  const pictures = await openStudies(page, url, { folder, fileOf: (uid) => stored.get(uid) });
  await drawSheets(page, pictures, folder);
  writeFileSync(join(root, "docs/contact-sheet.md"), contactSheetPage(pictures, refused));
  process.stderr.write(`${pictures.length} pictures: ${folder}\n`);
} finally {
  await browser.close();
  server.child.kill("SIGTERM");
  await server.ended;
  rmSync(data, { recursive: true, force: true });
}
