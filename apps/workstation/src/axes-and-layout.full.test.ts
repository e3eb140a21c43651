import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fromDicomJson, writePart10 } from "@etalon/dicom";
import { describeWithPeer } from "@etalon/testing";
import { hasChromium } from "@etalon/testing/in-chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const [slices, phases, side] = [6, 5, 32];

let folder: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;
let url = "";
let output = "";
const failures: string[] = [];

/** One picture of a short-axis cine, 40 ms between phases: its pixels say where it stands, 100 × slice + phase. */
function cinePicture(study: string, { slice, phase }: { readonly slice: number; readonly phase: number }) {
  const number = slice * phases + phase + 1;
  const pixels = new Uint16Array(side * side).fill(100 * slice + phase);
  const value = (vr: string, ...Value: (string | number)[]) => ({ vr, Value });
  const dataSet = fromDicomJson({
    "00080016": value("UI", "1.2.840.10008.5.1.4.1.1.4"),
    "00080018": value("UI", `1.2.826.0.1.99.${study}.1.${number}`),
    "00080020": value("DA", `2026010${study}`),
    "00080060": value("CS", "MR"),
    "00100010": { vr: "PN", Value: [{ Alphabetic: "Made^Cine" }] },
    "00100020": value("LO", "CINE-1"),
    "00180050": value("DS", 8),
    "00181060": value("DS", 40 * phase),
    "0020000D": value("UI", `1.2.826.0.1.99.${study}`),
    "0020000E": value("UI", `1.2.826.0.1.99.${study}.1`),
    "00200011": value("IS", 1),
    "00200013": value("IS", number),
    "00200032": value("DS", 0, 0, 8 * slice),
    "00200037": value("DS", 1, 0, 0, 0, 1, 0),
    "00200052": value("UI", `1.2.826.0.1.99.${study}.2`),
    "00280002": value("US", 1),
    "00280004": value("CS", "MONOCHROME2"),
    "00280010": value("US", side),
    "00280011": value("US", side),
    "00280030": value("DS", 2, 2),
    "00280100": value("US", 16),
    "00280101": value("US", 16),
    "00280102": value("US", 15),
    "00280103": value("US", 0),
    "7FE00010": { vr: "OW", InlineBinary: Buffer.from(pixels.buffer).toString("base64") },
  });
  return writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
}

function start(environment: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, ["apps/server/bin/etalon-server.mjs"], {
    cwd: root,
    env: {
      PATH: process.env["PATH"],
      ETALON_DATA: join(folder, "data"),
      ETALON_HTTP_PORT: "0",
      ETALON_DIMSE_PORT: "0",
      ETALON_WORKERS: "0",
      ETALON_ACCOUNTS: "off",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return child;
}

async function answering(): Promise<string> {
  for (;;) {
    const found = /Health\s+(\S+)\/healthz/.exec(output)?.[1];
    if (found !== undefined) return found;
    if (server.exitCode !== null) throw new Error(`the server ended: ${output}`);
    await new Promise((settle) => setTimeout(settle, 50));
  }
}

async function stop(): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill("SIGTERM");
  await new Promise((settle) => server.once("exit", settle));
}

const corner = (cell: number) => page.getByTestId("pane").nth(cell).getByTestId("corner-bottom-left");

describeWithPeer("axes and layouts in Chromium", { name: "chromium", isPresent: hasChromium() }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-axes-"));
    const built = spawn(process.execPath, ["apps/workstation/build/prepare-page.ts"], { cwd: root, stdio: "ignore" });
    await new Promise((settle) => built.once("exit", settle));
    server = start({});
    url = await answering();
    const headers = { "content-type": "application/dicom" };
    for (const study of ["1", "2"]) {
      for (let at = 0; at < slices * phases; at += 1) {
        const body = new Uint8Array(cinePicture(study, { slice: Math.floor(at / phases), phase: at % phases }));
        const answer = await fetch(`${url}/dicom-web/studies`, { method: "POST", headers, body });
        if (!answer.ok) throw new Error(await answer.text());
      }
    }
    const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
    page.setDefaultTimeout(60_000);
    page.on("pageerror", (error) => failures.push(String(error)));
  });

  afterAll(async () => {
    await browser?.close();
    if (server !== undefined) await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a cine has time apart from space: keys, slider and wheel each move along their own", async () => {
    await page.goto(`${url}/#/study/1.2.826.0.1.99.2`);
    await corner(0).waitFor();
    const time = page.getByTestId("axis-triggerTimeMs");
    expect(await time.getAttribute("max")).toBe(String(phases - 1));
    await page.keyboard.press("ArrowDown");
    await corner(0).getByText("Slice 2 of 6").waitFor();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await corner(0).getByText("Trigger time 80 ms").waitFor();
    await corner(0).getByText("Slice 2 of 6").waitFor();
    await time.fill("4");
    await corner(0).getByText("Trigger time 160 ms").waitFor();
    await time.blur();
    // 40 ms from phase to phase.
    expect(await page.getByLabel("Images per second").inputValue()).toBe("25");
  });

  test("contours of two phases give the ejection fraction; what is drawn twice as wide holds four times as much", async () => {
    await page.getByTestId("protocol-choice").selectOption("cardiac/lv-function");
    const box = await page.getByTestId("surface").boundingBox();
    if (box === null) throw new Error("no viewport");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const drawRound = async (radiusPx: number): Promise<void> => {
      await page.mouse.move(x + radiusPx, y);
      await page.mouse.down();
      for (let step = 1; step < 24; step += 1) {
        const angle = (2 * Math.PI * step) / 24;
        await page.mouse.move(x + radiusPx * Math.cos(angle), y + radiusPx * Math.sin(angle));
      }
      await page.mouse.up();
    };
    const goTo = async (slice: number, timeMs: number): Promise<void> => {
      await page.getByTestId("axis-triggerTimeMs").fill(String(timeMs / 40));
      await page.getByTestId("axis-triggerTimeMs").blur();
      for (let press = 0; press < slices; press += 1) await page.keyboard.press("ArrowUp");
      for (let press = 1; press < slice; press += 1) await page.keyboard.press("ArrowDown");
      await corner(0).getByText(`Slice ${slice} of 6`).waitFor();
      await corner(0).getByText(`Trigger time ${timeMs} ms`).waitFor();
    };
    for (const [phase, timeMs, radiusPx] of [
      ["end-diastole", 0, 160],
      ["end-systole", 80, 80],
    ] as const) {
      await page.click(`[data-testid=draw-${phase}-lv-blood-pool]`);
      for (const slice of [2, 3, 4]) {
        await goTo(slice, timeMs);
        await drawRound(radiusPx);
        await page.waitForSelector("[data-testid=contours] polygon");
      }
    }
    await page.getByRole("button", { name: "Measure" }).click();
    const panel = page.locator("[data-testid=protocol-panel][data-digest]");
    await panel.waitFor();
    const fraction = Number(/LV ejection fraction\s*([\d.]+)/.exec((await panel.textContent()) ?? "")?.[1]);
    // 1 - (1/2)²; corners are kept to a hundredth of a pixel, of radii of 3.7 and 7.4.
    expect(Math.abs(fraction - 75)).toBeLessThan(0.5);
    expect(failures).toEqual([]);
    await page.click("[data-testid=draw-end-systole-lv-blood-pool]");
    await goTo(2, 0);
  });

  test("a cine plays through time and stays at its slice", async () => {
    await page.locator("[data-testid=pane][data-drawn]").waitFor();
    await page.keyboard.press("c");
    await corner(0).getByText("Trigger time 0 ms").waitFor();
    await corner(0).getByText("Trigger time 120 ms").waitFor();
    await page.keyboard.press("c");
    await corner(0).getByText("Slice 2 of 6").waitFor();
  });

  test("a prior hangs beside, scrolling is linked by the way gone, a mark survives the layout", async () => {
    await page.getByTestId("priors").selectOption({ index: 1 });
    await corner(1).getByText("Slice 1 of 6").waitFor();
    await page.getByTestId("pane").nth(1).getByText("Prior").waitFor();
    await page.keyboard.press("Shift+K");
    await page.keyboard.press("ArrowDown");
    await corner(1)
      .getByText(/Slice [12] of 6/)
      .waitFor();
    await page.keyboard.press("ArrowDown");
    await corner(1).getByText("Slice 3 of 6").waitFor();
    const box = await page.getByTestId("surface").first().boundingBox();
    if (box === null) throw new Error("no viewport");
    await page.keyboard.press("m");
    await page.mouse.move(box.x + 100, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.up();
    await page.getByTestId("mark").waitFor();
    await page.getByTestId("layout").selectOption("3x3");
    await expect.poll(() => page.getByTestId("pane").count()).toBe(9);
    await page.keyboard.press("Control+z");
    await page.getByTestId("mark").waitFor({ state: "detached" });
  });

  test("a server that comes back is gone on with: what did not come is asked for again", async () => {
    await page.getByTestId("layout").selectOption("1x1");
    await stop();
    output = "";
    await page.evaluate("fetch('healthz').catch(() => {})");
    const other = "1.2.826.0.1.99.1";
    await page.evaluate(`location.hash = '#/study/${other}'`);
    await page.getByText("The server does not answer.").first().waitFor();
    server = start({ ETALON_HTTP_PORT: new URL(url).port });
    await answering();
    await corner(0).getByText("Slice 1 of 6").waitFor();
    expect(failures).toEqual([]);
  });
});
