import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import { describeWithPeer } from "@etalon/testing";
import { hasChromium } from "@etalon/testing/in-chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { madeRadiograph, radiographStudyUid } from "./testing/radiograph.ts";
import { seriousFindings } from "./testing/serious-findings.ts";

const root = resolve(import.meta.dirname, "../../..");
const phantomSide = 128;

let folder: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;
let output = "";
const failures: string[] = [];

/** What the server's start screen shows, once it does. */
async function shown(pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(output)?.[1];
    if (found !== undefined) return found;
    if (server.exitCode !== null) throw new Error(`the server ended: ${output}`);
    await new Promise((settle) => setTimeout(settle, 50));
  }
}

function start(argv: readonly string[]): ChildProcess {
  const environment = {
    PATH: process.env["PATH"],
    ETALON_DATA: join(folder, "data"),
    ETALON_HTTP_PORT: "0",
    ETALON_DIMSE_PORT: "0",
    ETALON_WORKERS: "0",
    ETALON_BASE_PATH: "/etalon",
  };
  const child = spawn(process.execPath, [...argv], { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return child;
}

function run(argv: readonly string[]): Promise<void> {
  const child = start(argv);
  return new Promise((settle, reject) => {
    child.once("exit", (code) => (code === 0 ? settle() : reject(new Error(output))));
  });
}

/** Draws a length of 200 CSS pixels through the middle of the viewport, whose height is said. */
async function drawLength(on: Page): Promise<{ readonly height: number }> {
  const box = await on.getByTestId("surface").boundingBox();
  if (box === null) throw new Error("no viewport");
  await on.keyboard.press("m");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await on.mouse.move(x - 100, y);
  await on.mouse.down();
  await on.mouse.move(x, y + 5);
  await on.mouse.move(x + 100, y);
  await on.mouse.up();
  await on.getByTestId("mark").waitFor();
  return box;
}

/** Names of the scripts that a page has loaded and that hold a text. */
async function scriptsWith(on: Page, text: string): Promise<readonly string[]> {
  return on.evaluate(async (part) => {
    const names = performance.getEntriesByType("resource").map(({ name }) => name);
    const scripts = await Promise.all(
      names
        .filter((name) => name.endsWith(".js"))
        .map(async (name) => ((await (await fetch(name)).text()).includes(part) ? [name] : [])),
    );
    return scripts.flat();
  }, text);
}

/** A text that stands in Cornerstone's renderer, also when that is minified. */
const ofRenderer = "vtkRenderWindow";

describeWithPeer("the page in Chromium", { name: "chromium", isPresent: hasChromium() }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-page-"));
    await run(["apps/workstation/build/prepare-page.ts"]);
    const phantom = buildThoraxPhantom({ ...thoraxPhantomDefaults, columns: phantomSide, rows: phantomSide });
    mkdirSync(join(folder, "study"));
    for (const { name, bytes } of phantom.files) {
      mkdirSync(dirname(join(folder, "study", name)), { recursive: true });
      writeFileSync(join(folder, "study", name), bytes);
    }
    writeFileSync(join(folder, "study", "notes.txt"), "no DICOM");
    server = start(["apps/server/bin/etalon-server.mjs"]);
    const executablePath = "/usr/bin/chromium";
    const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
    browser = await chromium.launch({
      executablePath,
      args: [...args, "--disable-background-networking", "--no-first-run"],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
    page.setDefaultTimeout(60_000);
    page.on("pageerror", (error) => failures.push(String(error)));
  });

  afterAll(async () => {
    await browser?.close();
    if (server !== undefined && server.exitCode === null) {
      server.kill("SIGTERM");
      await new Promise((settle) => server.once("exit", settle));
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test("the one-time link opens the page signed in, under a base path and a strict policy", async () => {
    const url = await shown(/(http:\S+\/etalon)\/dicom-web/);
    const answer = await page.goto(`${url}/`);
    expect(answer?.headers()["content-security-policy"]).toContain("script-src 'self' 'wasm-unsafe-eval';");
    await page.waitForSelector("form");
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(await shown(/(http:\S+\/enter\?link=\S+)/));
    expect(await page.textContent("[data-testid=who]")).toBe("Reader");
  });

  test("the worklist brings neither viewer nor decoders nor workers, and little else", async () => {
    const bytes = await page.evaluate(() =>
      performance
        .getEntries()
        .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0),
    );
    // Compressed, as they came or lie in the cache; without them the page would not stand.
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(1_500_000);
    expect(await scriptsWith(page, ofRenderer)).toEqual([]);
    // Decoders and the PDF compiler are WebAssembly.
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    expect(names.filter((name) => name.endsWith(".wasm"))).toEqual([]);
    expect(page.workers()).toEqual([]);
  });

  test("a folder is stored, what is refused is named with its reason", async () => {
    await page.setInputFiles("[data-testid=choose-folder]", join(folder, "study"));
    await page.waitForSelector("[data-testid=study-row]");
    await page.getByText(/of \d+ files stored/).waitFor();
    expect(await page.textContent("text=not a DICOM file")).toContain("notes.txt");
    expect(await page.textContent("[data-testid=study-row]")).toContain("Fantôme, Étalon");
    expect(await seriousFindings(page)).toEqual([]);
    await page.click("[data-testid=upload-state] + button");
  });

  test("the study opens; keys scroll and set the window", async () => {
    await page.click("[data-testid=study-row] a");
    const position = page.getByTestId("corner-bottom-left");
    await position.waitFor();
    await page.locator("[data-testid=scroll-bar][data-loaded='46']").waitFor();
    expect(await position.textContent()).toContain("Image 1 of 46");
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowDown");
    await page.getByText("Image 6 of 46").first().waitFor();
    // Lung: −600 ± 750.
    await page.keyboard.press("2");
    await page.getByText("C -600 W 1500").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await scriptsWith(page, ofRenderer)).toEqual([]);
    // Light and French, too.
    await page.click("[data-testid=theme]");
    await page.click("text=Français");
    await page.getByText("C -600 L 1500").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.click("text=English");
    await page.click("[data-testid=theme]");
  });

  test("a length is the one that the geometry gives; undo takes it back", async () => {
    const box = await drawLength(page);
    const mark = page.getByTestId("mark");
    // At 100 % the picture's height fills the viewport: fov / height millimetres a pixel, over 200 pixels.
    const fieldMm = thoraxPhantomDefaults.fieldOfViewMm;
    const lengthMm = Number(/([\d.]+) mm/.exec((await mark.locator("span").nth(1).textContent()) ?? "")?.[1]);
    expect(Math.abs(lengthMm - (200 * fieldMm) / box.height)).toBeLessThan(0.02 * lengthMm);
    await page.keyboard.press("Control+z");
    await mark.waitFor({ state: "detached" });
    await page.keyboard.press("Control+y");
    await mark.waitFor();
  });

  test("three planes are drawn, and the volume in space", async () => {
    await page.keyboard.press("x");
    for (const plane of ["axial", "coronal", "sagittal"]) {
      await page.waitForSelector(`[data-testid=plane-${plane}][data-drawn=true]`);
    }
    // A handle of the axial crosshair, dragged a little way round, turns the other two planes and not this one.
    const handle = await page.locator("[data-testid=plane-axial] [data-testid=turn-handle]").first().boundingBox();
    if (handle === null) throw new Error("no handle");
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(handle.x + 30, handle.y + 5, { steps: 3 });
    await page.mouse.up();
    await page.locator("[data-testid=plane-sagittal] [data-testid=corner-top-left]", { hasText: "oblique" }).waitFor();
    expect(await page.getByTestId("plane-axial").getByTestId("corner-top-left").textContent()).toBe("Axial");
    await page.keyboard.press("Space");
    await page
      .locator("[data-testid=plane-sagittal] [data-testid=corner-top-left]", { hasText: /^Sagittal$/ })
      .waitFor();
    await page.click("[data-testid=rendered]");
    await page.waitForSelector("[data-testid=plane-rendered][data-drawn=true]");
    // Bone is bright; a volume whose slices were not taken over is a haze darker than 32 everywhere.
    await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("[data-testid=plane-rendered] canvas");
      const { width = 0, height = 0 } = canvas ?? {};
      const pixels = canvas?.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
      return pixels.some((value, at) => at % 4 === 0 && value > 128);
    });
    expect(await scriptsWith(page, ofRenderer)).toHaveLength(1);
    await page.keyboard.press("x");
    expect(await page.getByTestId("mark").count()).toBe(1);
  });

  test("what no protocol measures is kept on the server: another browser shows the length, and two do not write over each other", async () => {
    const url = await shown(/(http:\S+\/etalon)\/dicom-web/);
    const data = Buffer.from(madeRadiograph());
    const stored = await page.request.post(`${url}/dicom-web/studies`, {
      data,
      headers: { "content-type": "application/dicom", origin: new URL(url).origin },
    });
    expect(stored.status()).toBe(200);
    const openRadiograph = async (): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
      await context.addCookies(await page.context().cookies());
      const opened = await context.newPage();
      opened.setDefaultTimeout(60_000);
      await opened.goto(`${url}/#/study/${radiographStudyUid}`);
      await opened.locator("[data-testid=scroll-bar][data-loaded='1']").waitFor();
      return opened;
    };
    const first = await openRadiograph();
    const second = await openRadiograph();
    const sides = await first.locator("[data-side]").evaluateAll((all) => all.map((one) => one.textContent));
    expect(sides.sort()).toEqual(["F", "H", "L", "R"]);
    const saved = (on: Page): Promise<void> => on.locator("[data-testid=marks-state][data-state=saved]").waitFor();
    await drawLength(first);
    await saved(first);
    // What the second knows is older: nothing is written over, its reader decides.
    await drawLength(second);
    await second.getByTestId("take-both").click();
    await saved(second);
    expect(await second.getByTestId("mark").count()).toBe(2);
    const later = await openRadiograph();
    await later.getByTestId("mark").nth(1).waitFor();
    expect(await later.getByTestId("mark").allTextContents()).toEqual(
      await second.getByTestId("mark").allTextContents(),
    );
    expect(await later.getByTestId("mark").first().textContent()).toMatch(/[\d.]+ mm/);
    expect(await seriousFindings(later)).toEqual([]);
    for (const opened of [first, second, later]) await opened.context().close();
  });

  test("a server that goes is named, and what was drawn stays", async () => {
    server.kill("SIGTERM");
    await new Promise((settle) => server.once("exit", settle));
    await page.getByText("The server does not answer.").waitFor();
    await page.click("text=Français");
    await page.getByText("Le serveur ne répond pas.").waitFor();
    expect(await page.getByTestId("mark").count()).toBe(1);
    expect(failures).toEqual([]);
  });
});
