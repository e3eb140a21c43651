/**
 * Photographs the page for README and guides into docs/images: the phantom only, on a server of its own, in Debian's Chromium.
 * `npm run screenshots`.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { openWorkstation } from "./workstation/open-workstation.ts";

const folder = resolve(import.meta.dirname, "../../docs/images");
mkdirSync(folder, { recursive: true });

const station = await openWorkstation(
  { width: 1280, height: 760 },
  { environment: { ETALON_WORKERS: "1" }, argv: ["--phantom"] },
);
try {
  await photograph(station.page, station.url);
} finally {
  await station.close();
}

async function photograph(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.waitForSelector("[data-testid=study-row]");
  await page
    .getByText(/CAC \d+/)
    .first()
    .waitFor();
  await page.screenshot({ path: join(folder, "worklist.png") });
  await page.click("[data-testid=study-row] a");
  await page.locator("[data-testid=scroll-bar][data-loaded='46']").waitFor();
  await page.keyboard.press("Home");
  for (let press = 0; press < 20; press += 1) await page.keyboard.press("ArrowDown");
  await page.locator("[data-testid=pane][data-drawn='20']").waitFor();
  // Measured in the page, lesions outlined: the first of them.
  await page.locator("[data-testid=edit-ms]").waitFor({ state: "attached" });
  await page.keyboard.press("j");
  await page.waitForSelector("[data-testid=lesions] g");
  await page.screenshot({ path: join(folder, "reading-room.png") });
  await page.keyboard.press("x");
  for (const plane of ["axial", "coronal", "sagittal"]) {
    await page.waitForSelector(`[data-testid=plane-${plane}][data-drawn=true]`);
  }
  await page.click("[data-testid=rendered]");
  await page.waitForSelector("[data-testid=plane-rendered][data-drawn=true]");
  await page.screenshot({ path: join(folder, "planes.png") });
}
