import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { bytesSource, readPart10, textOf } from "@etalon/dicom";
import { parseResult } from "@etalon/measure";
import {
  debianPython,
  describeWithPeer,
  describeWithSharedData,
  hasPythonModule,
  sharedDataRoot,
} from "@etalon/testing";
import { hasChromium } from "@etalon/testing/in-chromium";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seriousFindings } from "../../testing/serious-findings.ts";
import { launchChromium, type Program, startProgram, startServer } from "../../testing/served-page.ts";

const images = "3-cardiac-mr/t1-seir-phantom-dicom/singleslicedicomfiles";
/** Bytes before the voxels of a NIfTI-1 file without extensions. */
const niftiHeader = 352;

describeWithPeer("maps in Chromium", { name: "chromium", isPresent: hasChromium() }, () => {
  describeWithSharedData("of a phantom of four series", images, (study) => {
    let folder: string;
    let server: Program;
    let browser: Browser;
    let page: Page;
    const failures: string[] = [];

    /** What the command line writes of the map at a voxel, and its digest. */
    function ofCommandLine({ column, row }: { readonly column: number; readonly row: number }) {
      const bytes = gunzipSync(readFileSync(join(folder, "out", "t1.nii.gz")));
      const { digest } = parseResult(JSON.parse(readFileSync(join(folder, "out", "result.json"), "utf8")));
      return { digest, value: bytes.readFloatLE(niftiHeader + 4 * (row * 256 + column)) };
    }

    async function numberOf(name: string): Promise<number> {
      return Number(await page.locator("[data-testid=map-value]").first().getAttribute(`data-${name}`));
    }

    async function pointAt(x: number, y: number): Promise<void> {
      const box = await page.locator("[data-testid=map-t1] canvas").first().boundingBox();
      if (box === null) throw new Error("the map is not drawn");
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    }

    async function download(testId: string): Promise<string> {
      const coming = page.waitForEvent("download");
      await page.getByTestId(testId).first().click();
      return (await coming).path();
    }

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "etalon-maps-"));
      await startProgram(["apps/workstation/build/prepare-page.ts"]).ended;
      const cli = ["apps/cli/bin/etalon.mjs", "analyze", study, "--protocol", "cardiac/t1-map", "--format", "nifti"];
      expect(await startProgram([...cli, "--out", join(folder, "out")]).ended).toBe(0);
      server = startServer(folder);
      const link = await server.said(/(http:\S+\/enter\?link=\S+)/);
      browser = await launchChromium();
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
      page = await context.newPage();
      page.setDefaultTimeout(90_000);
      page.on("pageerror", (error) => failures.push(String(error)));
      await page.goto(link);
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

    test("are drawn with their colour bars, the result that of the command line", async () => {
      await page.setInputFiles("[data-testid=choose-folder]", study);
      await page.getByText(/of \d+ files stored/).waitFor();
      await page.dblclick("[data-testid=study-row]");
      await page.getByTestId("protocol-choice").selectOption("cardiac/t1-map");
      await page.getByRole("button", { name: "Measure" }).click();
      await page.waitForSelector("[data-testid=map-t1] canvas");
      await page.waitForSelector("[data-testid=map-t1-r2] canvas");
      const panel = page.getByTestId("protocol-panel");
      expect(await panel.getAttribute("data-digest")).toBe(ofCommandLine({ column: 0, row: 0 }).digest);
      const bar = page.locator("[data-testid=map-t1] [data-testid=colour-bar]");
      // The median is 264 ms: 300 is the next round number above nearly all values.
      expect([await bar.getAttribute("data-low"), await bar.getAttribute("data-high")]).toEqual(["0", "300"]);
      expect(await bar.textContent()).toContain("ms");
    });

    test("say the value under the pointer, as the command line's NIfTI has it", async () => {
      await pointAt(0.5, 0.5);
      const place = { column: await numberOf("column"), row: await numberOf("row") };
      expect(place).toEqual({ column: 128, row: 128 });
      expect(await numberOf("value")).toBe(ofCommandLine(place).value);
      await page.keyboard.press("Tab");
      await page.locator("[data-testid=map-t1] button").first().focus();
      await page.keyboard.press("ArrowRight");
      expect(await numberOf("value")).toBe(ofCommandLine({ ...place, column: place.column + 1 }).value);
    });

    test("say why a voxel has no value", async () => {
      await pointAt(0.01, 0.5);
      const readout = page.locator("[data-testid=map-value]").first();
      expect(await readout.getAttribute("data-value")).toBe("");
      expect(await readout.textContent()).toMatch(/No value: (no signal|signal too low for its noise)/);
    });

    test("are large in a dialog, where the colours are changed", async () => {
      await page.click("[data-testid=enlarge-maps]");
      const large = page.getByTestId("large-maps");
      await large.getByTestId("range-high").first().fill("500");
      const bar = large.locator("[data-testid=map-t1] [data-testid=colour-bar]");
      await expect.poll(() => bar.getAttribute("data-high")).toBe("500");
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await large.waitFor({ state: "detached" });
    });

    test.skipIf(!hasPythonModule("pydicom"))(
      "come down as the server computes them, and pydicom reads them",
      async () => {
        const nifti = gunzipSync(readFileSync(await download("download-map-nifti")));
        expect(nifti.equals(gunzipSync(readFileSync(join(folder, "out", "t1.nii.gz"))))).toBe(true);
        const path = await download("download-map-parametric-map");
        const program = `import json,sys,pydicom
d=pydicom.dcmread(sys.argv[1]); v=d.pixel_array
m=d.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
print(json.dumps([d.SOPClassUID.name, float(v.reshape(d.Rows,d.Columns)[128,128]), m.MeasurementUnitsCodeSequence[0].CodeValue]))`;
        const said: unknown = JSON.parse(execFileSync(debianPython, ["-c", program, path], { encoding: "utf8" }));
        expect(said).toEqual(["Parametric Map Storage", ofCommandLine({ column: 128, row: 128 }).value, "ms"]);
        expect(failures).toEqual([]);
      },
    );

    test("of a region that is drawn on the images are the command line's of the same marks", async () => {
      const panel = page.getByTestId("protocol-panel");
      const digestAfter = async (before: string | null): Promise<string | null> => {
        await expect.poll(() => panel.getAttribute("data-digest"), { timeout: 60_000 }).not.toBe(before);
        await panel.and(page.locator("[data-digest]")).waitFor();
        return panel.getAttribute("data-digest");
      };
      const whole = await panel.getAttribute("data-digest");
      // Of each place the folder has four images; the first is the magnitude, which is measured.
      const source = bytesSource("magnitude", readFileSync(join(sharedDataRoot, images, "IM-0002-0001.dcm")));
      const measured = textOf((await readPart10(source, { until: "pixel-data" })).dataSet, "00080018") ?? "";
      const thumbnails = page.locator("button[data-stack]");
      for (let at = 0; at < (await thumbnails.count()); at += 1) {
        await thumbnails.nth(at).click();
        const stack = await thumbnails.nth(at).getAttribute("data-stack");
        await page.waitForSelector(`[data-testid=pane][data-stack="${stack}"][data-picture]`);
        if (await page.locator(`[data-testid=pane][data-picture^="${measured}/"]`).isVisible()) break;
      }
      await page.click("[data-testid=draw-t1-images-region]");
      const box = await page.getByTestId("surface").first().boundingBox();
      if (box === null) throw new Error("no viewport");
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x + 60, y);
      await page.mouse.down();
      for (let step = 1; step <= 25; step += 1) {
        // A little more than once round: the end runs over the beginning.
        const angle = (2 * Math.PI * step) / 24;
        await page.mouse.move(x + 60 * Math.cos(angle), y + (60 - step / 12) * Math.sin(angle));
      }
      await page.mouse.up();
      await page.waitForSelector("[data-testid=contours] polygon[data-label=region]");
      const drawn = await digestAfter(whole);
      // The server has it once it is saved.
      let marks: unknown = null;
      const read = async (): Promise<unknown> => {
        marks = await page.evaluate(async () => {
          const [, uid] = /study\/([\d.]+)/.exec(location.hash) ?? [];
          const answer = await fetch(`api/studies/${uid}/readings/cardiac/t1-map/document`);
          return answer.ok ? (await answer.json()).document.marks : null;
        });
        return marks;
      };
      await expect.poll(read, { timeout: 60_000 }).not.toBeNull();
      writeFileSync(join(folder, "marks.json"), JSON.stringify(marks));
      const cli = ["apps/cli/bin/etalon.mjs", "analyze", study, "--protocol", "cardiac/t1-map"];
      const out = join(folder, "drawn");
      expect(await startProgram([...cli, "--marks", join(folder, "marks.json"), "--out", out]).ended).toBe(0);
      const result = parseResult(JSON.parse(readFileSync(join(out, "result.json"), "utf8")));
      expect(drawn).toBe(result.digest);
      expect(result.outputs.some(({ site }) => site === "region")).toBe(true);
      // Taken back and done again; chosen by a click, and deleted.
      await page.keyboard.press("Control+z");
      await page.locator("[data-testid=contours] polygon").waitFor({ state: "detached" });
      expect(await digestAfter(drawn)).toBe(whole);
      await page.keyboard.press("Control+y");
      expect(await digestAfter(whole)).toBe(drawn);
      await page.mouse.click(x - 60, y);
      await page.waitForSelector("[data-testid=contours] polygon[data-selected=true]");
      await page.keyboard.press("Delete");
      await page.locator("[data-testid=contours] polygon").waitFor({ state: "detached" });
      // Marks that hold nothing are not the same as none: somebody has looked.
      expect([drawn, whole]).not.toContain(await digestAfter(drawn));
      expect(failures).toEqual([]);
    });

    test("come down where there is no server as the page has made them", async () => {
      const viewing = startProgram(["apps/cli/bin/etalon.mjs", "view", study, "--port", "0", "--lang", "en"]);
      try {
        await page.goto(await viewing.said(/(http:\S+\/)/));
        await page.dblclick("[data-testid=study-row]");
        await page.getByTestId("protocol-choice").selectOption("cardiac/t1-map");
        await page.getByRole("button", { name: "Measure" }).click();
        await page.waitForSelector("[data-testid=map-t1] canvas");
        const nifti = gunzipSync(readFileSync(await download("download-map-nifti")));
        expect(nifti.equals(gunzipSync(readFileSync(join(folder, "out", "t1.nii.gz"))))).toBe(true);
        const object = readFileSync(await download("download-map-parametric-map"));
        const { dataSet } = await readPart10(bytesSource("t1.pm.dcm", object), { until: "pixel-data" });
        // Parametric Map Storage.
        expect(textOf(dataSet, "00080016")).toBe("1.2.840.10008.5.1.4.1.1.30");
        expect(failures).toEqual([]);
      } finally {
        viewing.child.kill("SIGTERM");
        await viewing.ended;
      }
    });
  });
});
