import type { Page } from "playwright-core";

/** What became of a stack that was opened in the page. */
export interface OpenedStack {
  readonly stackId: string;
  readonly modality: string;
  readonly pictures: number;
  /** Milliseconds until its first picture was drawn; that of a study's first stack begins at the worklist. */
  readonly firstMs: number | undefined;
  /** What the page says where it shows none. */
  readonly error: string | undefined;
  /** What is written in its corners. */
  readonly corners: string;
  readonly picture: Buffer;
}

/** What a pane shows, asked in the page. */
interface Seen {
  readonly stack: string | null;
  readonly drawn: string | null;
  readonly error: string | null;
}

/** Opens a study, each of its stacks in turn, and photographs the middle picture of each. */
export async function* openStacks(page: Page, studyInstanceUid: string): AsyncGenerator<OpenedStack> {
  await page.evaluate("location.hash = '#/'");
  await page.waitForSelector("[data-testid=pane]", { state: "detached" });
  const began = performance.now();
  await page.evaluate(`location.hash = '#/study/${studyInstanceUid}'`);
  const first = await seen(page, undefined);
  const firstMs = performance.now() - began;
  // Series whose metadata are under way have no stack yet.
  await page
    .waitForFunction("document.querySelectorAll('nav img').length > 0", undefined, { timeout: 5000 })
    .catch(() => {});
  await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => {});
  const ids = await page.$$eval("button[data-stack]", (buttons) =>
    buttons.map((one) => one.getAttribute("data-stack") ?? ""),
  );
  for (const stackId of ids) {
    const start = performance.now();
    await page.click(`button[data-stack="${stackId}"]`);
    const state = stackId === first.stack ? first : await seen(page, stackId);
    const ms = stackId === first.stack ? firstMs : performance.now() - start;
    yield photographed(page, { stackId, ms, state });
  }
}

async function photographed(
  page: Page,
  { stackId, ms, state }: { readonly stackId: string; readonly ms: number; readonly state: Seen },
): Promise<OpenedStack> {
  const bar = page.getByTestId("scroll-bar").first();
  const pictures = Number(await bar.getAttribute("aria-valuemax"));
  if (pictures > 1 && state.error === null) {
    const box = await bar.boundingBox();
    if (box !== null) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const middle = Math.floor(pictures / 2);
    const isThere = `document.querySelector('[data-testid=pane]')?.getAttribute('data-drawn') === '${middle}'`;
    await page.waitForFunction(isThere, undefined, { timeout: 10_000 }).catch(() => {});
  }
  const corners = await page.getByTestId("pane").first().locator("[data-testid^=corner]").allInnerTexts();
  const modality = await page.locator(`button[data-stack="${stackId}"]`).innerText();
  return {
    stackId,
    modality: /(\S+) · \d+ image/.exec(modality)?.[1] ?? "",
    pictures,
    firstMs: state.drawn === null ? undefined : ms,
    error: state.error ?? undefined,
    corners: corners.join(" | ").replaceAll("\n", ", "),
    picture: await page.getByTestId("pane").first().screenshot({ type: "jpeg", quality: 75 }),
  };
}

/** Waits until the first pane shows a picture of the stack, any stack where none is named, or says why not. */
async function seen(page: Page, stackId: string | undefined): Promise<Seen> {
  const look = `(() => {
    const pane = document.querySelector('[data-testid=pane]');
    if (pane === null) return null;
    const stack = pane.getAttribute('data-stack');
    const drawn = pane.getAttribute('data-drawn');
    const error = pane.querySelector('[role=alert]')?.textContent ?? null;
    if (stack === null || ${stackId === undefined ? "false" : `stack !== ${JSON.stringify(stackId)}`}) return null;
    return drawn === null && error === null ? null : { stack, drawn, error };
  })()`;
  try {
    const handle = await page.waitForFunction(look, undefined, { timeout: 20_000, polling: "raf" });
    const found: unknown = await handle.jsonValue();
    return isSeen(found) ? found : { stack: null, drawn: null, error: "nothing to see" };
  } catch {
    return { stack: null, drawn: null, error: "nothing was drawn within 20 s" };
  }
}

function isSeen(value: unknown): value is Seen {
  return typeof value === "object" && value !== null && "stack" in value && "drawn" in value && "error" in value;
}
