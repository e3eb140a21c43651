import { bytesSource, readPart10, textOf } from "@etalon/dicom";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import type { Browser } from "playwright-core";
import type { OpenWorkstation } from "./open-workstation.ts";

/** Edits of one round: each gives the next lesion of the list to an artery. */
const edits = 12;

/** A phantom with lesions. */
export interface LesionStudy {
  readonly study: string;
  readonly slices: number;
}

/** Stores the thorax phantom, 512 × 512, a slice every 2 mm. */
export async function storeLesions({ store }: OpenWorkstation): Promise<LesionStudy> {
  const { files } = buildThoraxPhantom({ ...thoraxPhantomDefaults, thicknessMm: 2, incrementMm: 2 });
  let [study, slices] = ["", 0];
  for (const { name, bytes } of files) {
    const reason = await store(new Uint8Array(bytes));
    if (reason !== undefined) throw new Error(reason);
    slices += 1;
    study ||= textOf((await readPart10(bytesSource(name, bytes), { until: "pixel-data" })).dataSet, "0020000D") ?? "";
  }
  return { study, slices };
}

/** Milliseconds from each edit of a lesion to the new score in the page, one page after it has measured for the first time. */
export async function measureEdits(browser: Browser, url: string, { study }: LesionStudy): Promise<readonly number[]> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    bypassCSP: true,
    locale: "en-GB",
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(240_000);
    await page.goto(`${url}/#/study/${study}`);
    await page.waitForSelector("[data-testid=protocol-panel][data-digest]");
    await page.waitForSelector("[data-testid=lesion] select");
    // The charts and rules of the first result come after it.
    await page.waitForTimeout(2000);
    const times: unknown = await page.evaluate(`(async () => {
      const panel = document.querySelector('[data-testid=protocol-panel]');
      const times = [];
      for (let edit = 0; edit < ${edits}; edit += 1) {
        const selects = document.querySelectorAll('[data-testid=lesion] select');
        const select = selects[edit % selects.length];
        const before = panel.getAttribute('data-digest');
        const artery = select.value === 'LAD' ? 'RCA' : 'LAD';
        const measured = new Promise((settle) => {
          const watch = new MutationObserver(() => {
            const digest = panel.getAttribute('data-digest');
            if (digest === null || digest === before) return;
            watch.disconnect();
            settle();
          });
          watch.observe(panel, { attributes: true, attributeFilter: ['data-digest'] });
        });
        const start = performance.now();
        Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, artery);
        select.dispatchEvent(new Event('change', { bubbles: true }));
        await measured;
        times.push(performance.now() - start);
        await new Promise((settle) => setTimeout(settle, 700));
      }
      return times;
    })()`);
    return Array.isArray(times) ? times.map(Number) : [];
  } finally {
    await context.close();
  }
}
