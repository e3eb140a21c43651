import { join } from "node:path";
import type { Page } from "playwright-core";

/** One stack as the page showed it. */
export interface ShownPicture {
  /** Its file, of a stack the one in the middle. */
  readonly file: string;
  readonly modality: string;
  readonly images: number;
  /** From the click to the first image drawn, ms; nothing where none was. */
  readonly firstImageMs: number | undefined;
  /** What the page says is wrong. */
  readonly error: string | undefined;
  /** The four corners, as they are written. */
  readonly corners: string;
  /** PNG file of the viewport. */
  readonly png: string;
}

/** How long a picture may take before it counts as not shown. */
const patienceMs = 30_000;

/** Opens every stack of every study, one after the other, and takes its picture. */
export async function openStudies(
  page: Page,
  url: string,
  { folder, fileOf }: { readonly folder: string; readonly fileOf: (sopInstanceUid: string) => string | undefined },
): Promise<readonly ShownPicture[]> {
  const shown: ShownPicture[] = [];
  for (const study of await studiesOf(url)) {
    await page.goto(`${url}/#/study/${study}`);
    await page.reload();
    await page
      .locator("nav img, [role=alert]")
      .first()
      .waitFor({ timeout: patienceMs })
      .catch(() => undefined);
    // Stacks come one series after the other.
    await page.waitForTimeout(500);
    const entries = page.locator("nav > button");
    for (let at = 0; at < (await entries.count()); at += 1) {
      const png = join(folder, `picture-${String(shown.length).padStart(3, "0")}.png`);
      shown.push(await openStack(page, { at, png, fileOf }));
    }
  }
  return shown;
}

async function openStack(
  page: Page,
  {
    at,
    png,
    fileOf,
  }: { readonly at: number; readonly png: string; readonly fileOf: (sopInstanceUid: string) => string | undefined },
): Promise<ShownPicture> {
  const entry = page.locator("nav > button").nth(at);
  const source = (await entry.locator("img").getAttribute("src")) ?? "";
  const note = (await entry.textContent()) ?? "";
  const uid = /instances\/([\d.]+)/.exec(source)?.[1] ?? "";
  const [, modality = "", count = "0"] = /(\S*) · (\d+) images/.exec(note) ?? [];
  const pane = page.getByTestId("pane").first();
  const begun = performance.now();
  await entry.click();
  const end = await Promise.race([
    page.waitForFunction(isDrawn, String(Math.max(1, Number(count))), { timeout: patienceMs }).then(
      () => performance.now(),
      () => undefined,
    ),
    pane
      .locator("[role=alert]")
      .waitFor({ timeout: patienceMs })
      .then(
        () => undefined,
        () => undefined,
      ),
  ]);
  if (Number(count) > 1) {
    for (let press = 0; press < Math.min(40, Math.floor(Number(count) / 2)); press += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await page.waitForTimeout(400);
  }
  await page.waitForTimeout(150);
  await pane.screenshot({ path: png });
  const alert = pane.locator("[role=alert]");
  const corners = await pane.locator("[data-testid^=corner-]").allTextContents();
  return {
    file: fileOf(uid) ?? uid,
    modality,
    images: Number(count),
    firstImageMs: end === undefined ? undefined : end - begun,
    error: (await alert.count()) > 0 ? ((await alert.first().textContent()) ?? "") : undefined,
    corners: corners.filter((text) => text !== "").join(" | "),
    png,
  };
}

/** In the page: whether the stack of so many images is drawn. */
function isDrawn(count: string): boolean {
  const corner = document.querySelector("[data-testid=corner-bottom-left]");
  return corner?.textContent?.includes(` of ${count}`) === true;
}

async function studiesOf(url: string): Promise<readonly string[]> {
  const uids: string[] = [];
  for (;;) {
    const answer = await fetch(`${url}/dicom-web/studies?limit=200&offset=${uids.length}`);
    if (answer.status === 204) return uids;
    const found = [...(await answer.text()).matchAll(/"0020000D":\{"vr":"UI","Value":\["([\d.]+)"\]/g)];
    if (found.length === 0) return uids;
    uids.push(...found.map(([, uid = ""]) => uid));
  }
}
