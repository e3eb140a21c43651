import { describeWithPeer } from "@etalon/testing";
import { hasChromium, withPage } from "@etalon/testing/in-chromium";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ServedAccounts, serveAccounts } from "../accounts/testing/served-accounts.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";

let served: ServedAccounts;
let url = "";
const password = "un mot de passe";

beforeAll(async () => {
  served = await serveAccounts();
  const said = { PatientName: "LEFEVRE-DESNOYERS^Anne", PatientBirthDate: "19540301" };
  const bytes = inPieces(smallInstance(1, said));
  const stored = await served.archive.store(served.scope, { form: "part10", bytes });
  if (stored.kind === "refused") throw new Error(stored.message);
  const authorization = await served.bearer(await served.account("claire", "radiologist"));
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await fetch(`${served.url}/api/shares`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ studies: [stored.studyInstanceUid], expiresAt, password, maxDownloads: 1 }),
  });
  url = z.object({ url: z.string() }).parse(await made.json()).url;
}, 60_000);
afterAll(() => served?.close());

describeWithPeer("a real browser", { name: "Chromium", isPresent: hasChromium() }, () => {
  test.each([390, 1280])(
    "opens with a password, shows and downloads, without script, %i pixels wide",
    async (width) => {
      await withPage("<p>", width, async ({ page }) => {
        const refused: string[] = [];
        page.on("console", (said) => {
          if (/Content Security Policy/.test(said.text())) refused.push(said.text());
        });
        await page.goto(`${url}?lang=fr`);
        await page.fill("input", "faux");
        await page.click("button");
        expect(await page.textContent("[role=alert]")).toBe("Ce n’est pas le mot de passe.");
        await page.fill("input", password);
        await page.click("button");
        await page.waitForSelector("h2");
        expect(await page.textContent("h2")).toBe("LEFEVRE-DESNOYERS Anne");
        expect(await page.textContent(".card")).toContain("Né(e) le 1er mars 1954");
        // The style that the policy names by its hash is the page's own.
        expect(await page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth")).toBe("736px");
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        expect(
          await page.evaluate(
            "document.querySelector('img').decode().then(() => document.querySelector('img').naturalWidth)",
          ),
        ).toBeGreaterThan(0);
        await page.click("a[hreflang=en]");
        expect(await page.textContent("h1")).toBe("Medical images shared with you");
        if (width === 390) {
          const [download] = await Promise.all([page.waitForEvent("download"), page.click("button")]);
          expect(download.suggestedFilename()).toBe("etalon-share-1.zip");
          await download.cancel();
        } else {
          expect(await page.isDisabled("button")).toBe(true);
        }
        expect(refused).toEqual([]);
      });
    },
    60_000,
  );
});
