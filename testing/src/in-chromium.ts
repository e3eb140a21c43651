import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type Browser, chromium, type Page } from "playwright-core";
import { rolldown } from "rolldown";

/** Debian's Chromium. */
const chromiumPath = "/usr/bin/chromium";

/** Whether this machine has the browser of the tests. */
export function hasChromium(): boolean {
  return existsSync(chromiumPath);
}

/** Without these, Chromium as root does not start, and looks up hosts on networks that are closed. */
const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Bundles a module for pages, loads it in Chromium from a server on this machine, and answers with what one of its exported
 * functions returns there, called without arguments. What it returns must survive JSON.
 *
 * @param modulePath absolute path of a TypeScript module
 * @param files what the page can fetch besides, by path without a leading slash
 */
export async function callInChromium(
  modulePath: string,
  functionName: string,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<unknown> {
  const script = await bundleForPage(modulePath, functionName);
  const server = await serve(script, files);
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.goto(addressOf(server));
    await page.waitForFunction("'etalonAnswer' in globalThis", undefined, { timeout: 240_000 });
    const answer: unknown = await page.evaluate("globalThis.etalonAnswer");
    if (failures.length > 0) throw new Error(`the page failed: ${failures.join("; ")}`);
    return answer;
  } finally {
    await browser?.close();
    server.close();
  }
}

async function bundleForPage(modulePath: string, functionName: string): Promise<string> {
  const entry = "\0page";
  const bundle = await rolldown({
    input: entry,
    platform: "browser",
    // The codecs ask for these only where they find themselves in Node.
    external: ["fs", "path"],
    plugins: [
      {
        name: "page",
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) =>
          id === entry
            ? `import { ${functionName} } from ${JSON.stringify(modulePath)};
               try { globalThis.etalonAnswer = await ${functionName}(); }
               catch (error) { globalThis.etalonAnswer = { error: String(error?.stack ?? error) }; }`
            : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

function serve(script: string, files: ReadonlyMap<string, Uint8Array>): Promise<Server> {
  const server = createServer((request, response) => {
    const file = files.get(decodeURIComponent(request.url ?? "").slice(1));
    if (file !== undefined) {
      response.setHeader("content-type", "application/octet-stream").end(file);
    } else if (request.url === "/page.mjs") {
      response.setHeader("content-type", "text/javascript; charset=utf-8").end(script);
    } else if (request.url === "/") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end('<!doctype html><title>Etalon</title><script type="module" src="/page.mjs"></script>');
    } else {
      response.writeHead(404).end();
    }
  });
  return new Promise((settle) => server.listen(0, "127.0.0.1", () => settle(server)));
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}/`;
}

/** A page open in Chromium, and what it asked the network for. */
export interface OpenPage {
  readonly page: Page;
  readonly requests: readonly string[];
}

/** Opens an HTML document in Chromium from memory, `widthPx` wide, and closes it when `use` is done. */
export async function withPage<T>(html: string, widthPx: number, use: (open: OpenPage) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
  try {
    const page = await browser.newPage({ viewport: { width: widthPx, height: 1200 } });
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.setContent(html, { waitUntil: "load" });
    return await use({ page, requests });
  } finally {
    await browser.close();
  }
}
