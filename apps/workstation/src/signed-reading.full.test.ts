import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseResult } from "@etalon/measure";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import { describeWithPeer } from "@etalon/testing";
import { hasChromium } from "@etalon/testing/in-chromium";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { launchChromium, type Program, startProgram, startServer } from "./testing/served-page.ts";

const password = "correct horse battery 9";
const documentSchema = z.object({ version: z.number(), document: z.looseObject({ marks: z.unknown() }) });
const measurementsSchema = z.looseObject({ measurements: z.array(z.unknown()) });

let folder: string;
let server: Program;
let url: string;
let browser: Browser;
let page: Page;
const failures: string[] = [];

/** The digest that the page shows, once it is of what stands on the page and another than `before`. */
async function digestOfPage(before = ""): Promise<string> {
  const handle = await page.waitForFunction((known) => {
    const digest = document.querySelector("[data-testid=protocol-panel]")?.getAttribute("data-digest") ?? "";
    return digest !== "" && digest !== known ? digest : false;
  }, before);
  return String(await handle.jsonValue());
}

async function openStudy(): Promise<void> {
  await page.dblclick("[data-testid=study-row]");
  await page.waitForSelector("[data-testid=digest]");
}

/** Clicks the lesion that is chosen, on the image. */
async function clickLesion(): Promise<void> {
  const outline = page.locator("[data-testid=lesions] g[data-selected=true] path").last();
  const box = await outline.boundingBox();
  if (box === null) throw new Error("the lesion is not drawn");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

async function saved(): Promise<z.infer<typeof documentSchema>> {
  await page.waitForSelector("[data-testid=save-state][data-state=saved]");
  const answer = await page.evaluate(async () => {
    const [, uid] = /study\/([\d.]+)/.exec(location.hash) ?? [];
    return (await fetch(`api/studies/${uid}/readings/coronary/calcium-score/document`)).json();
  });
  return documentSchema.parse(answer);
}

describeWithPeer("a reading in Chromium", { name: "chromium", isPresent: hasChromium() }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-reading-"));
    await startProgram(["apps/workstation/build/prepare-page.ts"]).ended;
    const phantom = buildThoraxPhantom({ ...thoraxPhantomDefaults, columns: 256, rows: 256 });
    for (const { name, bytes } of phantom.files) {
      mkdirSync(dirname(join(folder, "study", name)), { recursive: true });
      writeFileSync(join(folder, "study", name), bytes);
    }
    server = startServer(folder);
    const link = await server.said(/administrator.*\s+(http:\S+\/enter\?link=\S+)/);
    url = new URL(link).origin;
    browser = await launchChromium();
    const admin = await browser.newPage();
    await admin.goto(link);
    await admin.waitForSelector("[data-testid=who]");
    const made: unknown = await admin.evaluate(async () => {
      const json = { name: "anne", displayName: "Dr Anne Le Goff", role: "radiologist" };
      const headers = { "content-type": "application/json" };
      return (await fetch("api/accounts", { method: "POST", headers, body: JSON.stringify(json) })).json();
    });
    await admin.close();
    const { oneTimePassword } = z.object({ oneTimePassword: z.string() }).parse(made);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
    page = await context.newPage();
    page.setDefaultTimeout(90_000);
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.goto(`${url}/`);
    await page.fill("input[name=name]", "anne");
    await page.fill("input[name=password]", oneTimePassword);
    await page.keyboard.press("Enter");
    await page.fill("input[name=current]", oneTimePassword);
    await page.fill("input[name=new]", password);
    await page.keyboard.press("Enter");
    await page.fill("input[name=name]", "anne");
    await page.fill("input[name=password]", password);
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-testid=who]");
  });

  afterAll(async () => {
    await browser?.close();
    if (server !== undefined) {
      server.child.kill("SIGTERM");
      await server.ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test("a study that is dropped opens with its lesions proposed", async () => {
    await page.setInputFiles("[data-testid=choose-folder]", join(folder, "study"));
    await page.getByText(/of \d+ files stored/).waitFor();
    await openStudy();
    expect(await page.locator("[data-testid=lesion]").count()).toBeGreaterThan(4);
    expect(await page.getAttribute("[data-testid=unassigned]", "data-count")).not.toBe("0");
  });

  test("one click on a lesion gives it to the artery; the digest is that of the command line", async () => {
    const keys = ["t", "d", "f", "g"];
    let digest = await digestOfPage();
    const count = await page.locator("[data-testid=lesion]").count();
    for (let at = 0; at < count; at++) {
      await page.keyboard.press("j");
      await page.keyboard.press(at === count - 1 ? "n" : (keys[at % keys.length] ?? "d"));
      await page.waitForSelector("[data-testid=lesions] g[data-selected=true]");
      await clickLesion();
      digest = await digestOfPage(digest);
    }
    expect(await page.getAttribute("[data-testid=unassigned]", "data-count")).toBe("0");
    await page.click("[data-testid=tab-report]");
    const { document } = await saved();
    writeFileSync(join(folder, "marks.json"), JSON.stringify(document.marks));
    const cli = ["apps/cli/bin/etalon.mjs", "analyze", join(folder, "study"), "--marks", join(folder, "marks.json")];
    expect(await startProgram([...cli, "--out", join(folder, "out")]).ended).toBe(0);
    const result = parseResult(JSON.parse(readFileSync(join(folder, "out", "result.json"), "utf8")));
    expect(result.digest).toBe(digest);
    await page.click("[data-testid=tab-measure]");
    const shown = await page.getAttribute("[data-testid=total-score]", "data-value");
    expect(Number(shown)).toBe(result.outputs.find(({ id }) => id === "agatston-score")?.value);
  });

  test("an edit is taken back, also after a change of layout", async () => {
    const before = await digestOfPage();
    await page.keyboard.press("d");
    await page.locator("[data-testid=lesion] select").first().selectOption("RCA");
    const changed = await digestOfPage(before);
    await page.getByTestId("layout").selectOption("1x2");
    await page.keyboard.press("Control+z");
    expect(await digestOfPage(changed)).toBe(before);
    await page.getByTestId("layout").selectOption("1x1");
  });

  test("a length that is drawn is kept on the server: it is there after a reload, and taken back like any edit", async () => {
    const box = await page.getByTestId("surface").first().boundingBox();
    if (box === null) throw new Error("no viewport");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.keyboard.press("m");
    await page.mouse.move(x - 100, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 5);
    await page.mouse.move(x + 100, y);
    await page.mouse.up();
    const list = page.getByRole("region", { name: "Measurements" });
    await list.getByText("mm").first().waitFor();
    const drawn = await list.textContent();
    await page.click("[data-testid=tab-report]");
    expect(measurementsSchema.parse((await saved()).document).measurements).toHaveLength(1);
    await page.reload();
    await page.waitForSelector("[data-testid=digest]");
    await list.getByText("mm").first().waitFor();
    expect(await list.textContent()).toBe(drawn);
    await page.getByTestId("mark").getByRole("button").last().click();
    await page.getByTestId("mark").waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await page.getByTestId("mark").waitFor();
    expect(await list.textContent()).toBe(drawn);
  });

  test("a server that is killed while reading is said, and takes what was done once it is back", async () => {
    await page.click("[data-testid=tab-report]");
    await saved();
    server.child.kill("SIGKILL");
    await server.ended;
    await page.fill("[data-testid=section-findings]", "Written while the server was away.");
    await page.waitForSelector("[data-testid=save-state][data-state=here]");
    server = startServer(folder, new URL(url).port);
    const { document } = await saved();
    expect(JSON.stringify(document)).toContain("Written while the server was away.");
  });

  test("the server signs what it finds itself; PDF and SR come down", async () => {
    await page.fill("[data-testid=section-conclusion]", "High calcium burden.");
    await page.click("[data-testid=add-key-image]");
    await saved();
    await page.click("[data-testid=preliminary]");
    await page.waitForSelector("[data-testid=report-status][data-status=preliminary]");
    await page.click("[data-testid=sign]");
    await page.click("[data-testid=sign-now]");
    await page.waitForSelector("[data-testid=signed-digest][data-same=true]");
    for (const [name, start, at] of [
      ["report.pdf", "%PDF-", 0],
      ["report.sr.dcm", "DICM", 128],
    ] as const) {
      await page.click("[data-testid=downloads]");
      const coming = page.waitForEvent("download");
      await page.click(`[data-testid="download-${name}"]`);
      const bytes = readFileSync(await (await coming).path());
      expect(bytes.subarray(at, at + start.length).toString("latin1")).toBe(start);
    }
  });

  test("after a restart of the server all is there, and an addendum can be added", async () => {
    server.child.kill("SIGTERM");
    await server.ended;
    server = startServer(folder, new URL(url).port);
    await server.said(/(dicom-web)/);
    await page.goto(`${url}/`);
    await openStudy();
    await page.click("[data-testid=tab-report]");
    await page.waitForSelector("[data-testid=signed-digest][data-same=true]");
    expect(await page.inputValue("[data-testid=section-conclusion]")).toBe("High calcium burden.");
    await page.click("[data-testid=addendum]");
    await page.fill("[data-testid=addendum-text]", "Seen again with the earlier scan.");
    await page.click("[data-testid=addendum-add]");
    await page.waitForSelector("[data-testid=report-status][data-status=amended]");
    expect(failures).toEqual([]);
  });
});
