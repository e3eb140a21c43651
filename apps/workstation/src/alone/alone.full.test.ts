import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import { describeWithPeer } from "@etalon/testing";
import { hasChromium } from "@etalon/testing/in-chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFindings } from "../testing/serious-findings.ts";

const root = resolve(import.meta.dirname, "../../../..");

let folder = "";
let viewing: ChildProcess | undefined;
let browser: Browser;
let page: Page;
let url = "";
const asked: string[] = [];
const failures: string[] = [];

/** How many measurements IndexedDB has. */
const keptCount = `new Promise((settle, reject) => {
  const opening = indexedDB.open("etalon-alone");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("readings").objectStore("readings").getAll();
    asking.onsuccess = () => {
      settle(asking.result.flatMap(({ document }) => document.measurements ?? []).length);
    };
  };
})`;

function view(): Promise<string> {
  const argv = ["apps/cli/bin/etalon.mjs", "view", join(folder, "study"), "--port", "0", "--lang", "en"];
  const child = spawn(process.execPath, argv, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  viewing = child;
  return new Promise((settle, reject) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /http:\S+\//.exec(said)?.[0];
      if (found !== undefined) settle(found);
    });
    child.once("exit", (code) => reject(new Error(`etalon view ended with ${code}: ${said}`)));
  });
}

describeWithPeer("the page alone in Chromium", { name: "chromium", isPresent: hasChromium() }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-alone-"));
    mkdirSync(join(folder, "study"));
    for (const { name, bytes } of buildThoraxPhantom({ ...thoraxPhantomDefaults, columns: 128, rows: 128 }).files) {
      writeFileSync(join(folder, "study", name), bytes);
    }
    writeFileSync(join(folder, "study", "notes.txt"), "no DICOM");
    url = await view();
    browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
    page.setDefaultTimeout(60_000);
    page.on("pageerror", (error) => failures.push(String(error)));
    page.on("request", (request) => asked.push(request.url()));
  });

  afterAll(async () => {
    await browser?.close();
    viewing?.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  });

  test("opens the folder it was given, says that nothing leaves the computer, and names what is no image", async () => {
    await page.goto(url);
    expect(await page.textContent("[data-testid=alone]")).toBe("Alone: nothing leaves this computer");
    await page.waitForSelector("[data-testid=study-row]");
    await page.getByText("46 of 47 files").waitFor();
    expect(await page.textContent("text=not a DICOM file")).toContain("notes.txt");
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("images are shown and measured here", async () => {
    await page.click("[data-testid=study-row] a");
    await page.locator("[data-testid=scroll-bar][data-loaded='46']").waitFor();
    expect(await page.getByTestId("corner-bottom-left").textContent()).toContain("Image 1 of 46");
    await page.getByText("Agatston").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Light theme" }).click();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("the ledger has every object of the series", async () => {
    await page.getByText("Ledger: 46 of 46 placed").click();
    await page.getByText("46 objects, in a stack of 46 slices").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByText("46 objects, in a stack of 46 slices").waitFor({ state: "detached" });
  });

  test("what is drawn is there after a reload, and in another browser by export and import", async () => {
    // Among the series, arrows go from series to series.
    await page.locator("#main").focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText("Image 2 of 46").first().waitFor();
    await page.keyboard.press("m");
    const box = await page.getByTestId("surface").boundingBox();
    if (box === null) throw new Error("no viewport");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x - 100, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 5);
    await page.mouse.move(x + 100, y);
    await page.mouse.up();
    await page.getByTestId("mark").waitFor();
    const drawn = await page.getByRole("region", { name: "Measurements" }).textContent();
    expect(drawn).toMatch(/[\d.]+ mm/);
    await expect.poll(() => page.evaluate(keptCount), { timeout: 30_000 }).toBeGreaterThan(0);

    await page.goto(url);
    await page.reload();
    await page.click("[data-testid=study-row] a");
    await page.getByRole("region", { name: "Measurements" }).getByText("mm").first().waitFor();
    expect(await page.getByRole("region", { name: "Measurements" }).textContent()).toBe(drawn);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export readings" }).click(),
    ]);
    const file = join(folder, "readings.json");
    await download.saveAs(file);
    const other = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
    other.on("request", (request) => asked.push(request.url()));
    await other.goto(url);
    await other.waitForSelector("[data-testid=study-row]");
    await other.setInputFiles("header input[type=file]", file);
    await other.getByText("taken in").waitFor();
    await other.click("[data-testid=study-row] a");
    await other.getByRole("region", { name: "Measurements" }).getByText("mm").first().waitFor();
    expect(await other.getByRole("region", { name: "Measurements" }).textContent()).toBe(drawn);
    await other.close();
  });

  test("nothing was asked of anybody else, nothing was sent, nothing failed", () => {
    const others = asked.filter((address) => !address.startsWith(url) && !/^(blob|data):/.test(address));
    expect(others).toEqual([]);
    expect(failures).toEqual([]);
  });
});
