import { readFileSync } from "node:fs";
import type { Browser, CDPSession, Page } from "playwright-core";

/** What one page was measured at, once. */
export interface PageTimes {
  /** Milliseconds from the navigation. */
  readonly firstMs: number;
  readonly allMs: number;
  readonly scrollMs: number;
  /** Milliseconds from the key, with all slices loaded. */
  readonly planesMs: number;
  /** Resident memory of the page's process and of the one that draws, MiB, with all slices loaded and planes drawn. */
  readonly memoryMib: number;
}

/** A series that is opened. */
export interface MeasuredSeries {
  readonly study: string;
  readonly series: string;
  readonly slices: number;
}

/** How many images are scrolled through. */
const scrolled = 40;

/** Our page, in a context of its own: nothing is in its cache. */
export async function measureWorkstation(browser: Browser, url: string, one: MeasuredSeries): Promise<PageTimes> {
  return withPage(browser, async (page) => {
    await page.goto(`${url}/#/study/${one.study}`, { waitUntil: "commit" });
    const firstMs = await whenTrue(page, "document.querySelector('[data-drawn]') !== null");
    const allMs = await whenTrue(page, `document.querySelector('[data-loaded="${one.slices}"]') !== null`);
    const scrollMs = await numberOf(
      page,
      `(async () => {
        const pane = document.querySelector('[data-testid=pane]');
        const start = performance.now();
        for (let at = 1; at <= ${scrolled}; at += 1) {
          dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
          if (pane.getAttribute('data-drawn') !== String(at)) await new Promise((settle) => { const watch = new MutationObserver(() => { if (pane.getAttribute('data-drawn') === String(at)) { watch.disconnect(); settle(); } }); watch.observe(pane, { attributes: true, attributeFilter: ['data-drawn'] }); });
        }
        return (performance.now() - start) / ${scrolled};
      })()`,
    );
    const start = await numberOf(page, "performance.now()");
    await page.evaluate("dispatchEvent(new KeyboardEvent('keydown', { key: 'x' }))");
    const drawn = "document.querySelectorAll('[data-testid^=plane-][data-drawn=true]').length === 3";
    const planesMs = (await whenTrue(page, drawn)) - start;
    return { firstMs, allMs, scrollMs, planesMs };
  });
}

/** The plain page, served under the same origin. */
export async function measurePlain(
  browser: Browser,
  { url, script }: { readonly url: string; readonly script: string },
  one: MeasuredSeries,
): Promise<PageTimes> {
  return withPage(browser, async (page) => {
    await page.route("**/plain/page.mjs", (route) => route.fulfill({ contentType: "text/javascript", body: script }));
    const html = '<!doctype html><meta charset="utf-8"><script type="module" src="page.mjs"></script>';
    await page.route("**/plain/index.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
    await page.goto(`${url}/plain/index.html#${one.study}/${one.series}`, { waitUntil: "commit" });
    await whenTrue(page, "globalThis.plain?.allMs !== undefined");
    const firstMs = await numberOf(page, "globalThis.plain.firstMs");
    const allMs = await numberOf(page, "globalThis.plain.allMs");
    const scrollMs = await numberOf(page, `globalThis.plain.scroll(${scrolled})`);
    const planesMs = await numberOf(page, "globalThis.plain.planes()");
    return { firstMs, allMs, scrollMs, planesMs };
  });
}

async function withPage(
  browser: Browser,
  measure: (page: Page) => Promise<Omit<PageTimes, "memoryMib">>,
): Promise<PageTimes> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    bypassCSP: true,
    locale: "en-GB",
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(240_000);
    const failed = new Promise<never>((_, reject) => page.on("pageerror", reject));
    const times = await Promise.race([measure(page), failed]);
    return { ...times, memoryMib: await memoryOf(browser) };
  } finally {
    await context.close();
  }
}

/** The page's clock when a condition was first seen to hold. */
async function whenTrue(page: Page, condition: string): Promise<number> {
  const handle = await page.waitForFunction(`(${condition}) && performance.now()`, undefined, { polling: 10 });
  return Number(await handle.jsonValue());
}

async function numberOf(page: Page, expression: string): Promise<number> {
  return Number(await page.evaluate(expression));
}

/** Resident memory of all processes that hold pages and of the one that draws, MiB. */
async function memoryOf(browser: Browser): Promise<number> {
  const session: CDPSession = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === "renderer" || type === "GPU");
  return pages.reduce((sum, { id }) => sum + residentMib(id), 0);
}

function residentMib(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib ?? 0) / 1024;
}
