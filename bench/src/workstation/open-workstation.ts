import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { removeDataFolder, spawnServer, temporaryDataFolder } from "../../../apps/server/src/testing/running-server.ts";

/** The page on a server of its own, which is empty. */
export interface OpenWorkstation {
  readonly url: string;
  readonly browser: Browser;
  readonly page: Page;
  readonly serverPid: number | undefined;
  /** What the page failed with. */
  readonly failures: readonly string[];
  /** Stores one object; why it was refused, or nothing. */
  readonly store: (bytes: Uint8Array<ArrayBuffer>) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

/** Chromium draws with SwiftShader: no machine of a CI has a GPU. */
const chromiumArguments = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
  "--enable-precise-memory-info",
  "--no-first-run",
  // A page of the browser's own, which starts beside the first that is opened.
  "--disable-features=WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup",
];

/** How the server is started. */
interface Started {
  readonly environment?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
}

/** Builds the page where it must be, starts the server on a temporary folder without accounts, opens Chromium. */
export async function openWorkstation(
  size: { readonly width: number; readonly height: number },
  { environment = {}, argv = [] }: Started = {},
): Promise<OpenWorkstation> {
  const root = resolve(import.meta.dirname, "../../..");
  spawnSync(process.execPath, ["apps/workstation/build/prepare-page.ts"], { cwd: root, stdio: "inherit" });
  const folder = await temporaryDataFolder();
  const server = spawnServer(folder, { ETALON_LOG_LEVEL: "warn", ETALON_WORKERS: "0", ...environment }, { argv });
  const url = await server.url();
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: chromiumArguments });
  // The page forbids scripts made of text, which is what is asked of it from here.
  const page = await browser.newPage({ viewport: size, locale: "en-GB", bypassCSP: true });
  page.setDefaultTimeout(60_000);
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(String(error)));
  return {
    url,
    browser,
    page,
    serverPid: server.child.pid,
    failures,
    store: async (bytes) => {
      const headers = { "content-type": "application/dicom", accept: "application/dicom+json" };
      const answer = await fetch(`${url}/dicom-web/studies`, { method: "POST", headers, body: bytes });
      const text = await answer.text();
      return answer.ok ? undefined : (/"00091002":\{[^}]*"Value":\["([^"]*)"/.exec(text)?.[1] ?? text.slice(0, 200));
    },
    close: async () => {
      await browser.close();
      server.child.kill("SIGTERM");
      await server.ended;
      await removeDataFolder(folder);
    },
  };
}
