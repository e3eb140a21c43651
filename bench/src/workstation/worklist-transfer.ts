import type { Browser } from "playwright-core";

/** What a browser that knows nothing fetches until the worklist can be used, bytes over the network. */
export async function worklistTransfer(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let bytes = 0;
  await session.send("Network.enable");
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(`${url}/`);
  await page.waitForSelector("[data-testid=study-row]");
  // The stream of events stays open: what the list needs has come.
  await page.waitForTimeout(1000);
  await context.close();
  return bytes;
}
