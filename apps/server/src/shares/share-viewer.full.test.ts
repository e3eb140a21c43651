import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describeWithPeer } from "@etalon/testing";
import { hasChromium, withPage } from "@etalon/testing/in-chromium";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ServedAccounts, serveAccounts } from "../accounts/testing/served-accounts.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";

const builder = fileURLToPath(new URL("../../../workstation/build/prepare-page.ts", import.meta.url));
const password = "un mot de passe";
const madeSchema = z.object({ id: z.number(), url: z.string() });

let served: ServedAccounts;
let authorization = "";
let study = "";

async function share(said: Readonly<Record<string, unknown>>): Promise<z.infer<typeof madeSchema>> {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await fetch(`${served.url}/api/shares`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ studies: [study], expiresAt, ...said }),
  });
  return madeSchema.parse(await made.json());
}

describeWithPeer("the viewer of a share", { name: "Chromium", isPresent: hasChromium() }, () => {
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [builder]);
    served = await serveAccounts();
    for (const [index, studyInstanceUid] of [
      [1, "1.2.826.0.2.1"],
      [2, "1.2.826.0.2.2"],
    ] as const) {
      const said = { StudyInstanceUID: studyInstanceUid, SeriesInstanceUID: `1.2.826.0.3.${index}` };
      const bytes = inPieces(smallInstance(index, { ...said, StudyDescription: `Study ${index}` }));
      const stored = await served.archive.store(served.scope, { form: "part10", bytes });
      if (stored.kind === "refused") throw new Error(stored.message);
      if (index === 1) study = stored.studyInstanceUid;
    }
    authorization = await served.bearer(await served.account("claire", "radiologist"));
  }, 240_000);
  afterAll(() => served?.close());

  test("a password on the page opens the images of this share alone; withdrawn, it says so", async () => {
    const { id, url } = await share({ password });
    await withPage("<p>", 1280, async ({ page }) => {
      page.setDefaultTimeout(60_000);
      const failures: string[] = [];
      const asked: string[] = [];
      page.on("pageerror", (error) => failures.push(String(error)));
      page.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
      await page.goto(`${url}?lang=en`);
      await page.fill("input", password);
      await page.click("button");
      await page.click("text=See the images");
      await page.waitForSelector("[data-testid=study-row]");
      expect(await page.locator("[data-testid=study-row]").count()).toBe(1);
      expect(page.url()).not.toContain(url.slice(url.lastIndexOf("/") + 1));
      await page.click("[data-testid=study-row] a");
      await page.locator("[data-testid=scroll-bar][data-loaded='1']").waitFor();
      expect(await page.getByTestId("choose-files").count()).toBe(0);
      // Nothing is stored: what is sent begins the share, and that alone.
      const sent = asked.filter((line) => !line.startsWith("GET ") && !line.endsWith("?lang=en"));
      expect(sent).toEqual([`POST ${url}/session`]);
      await fetch(`${served.url}/api/shares/${id}`, { method: "DELETE", headers: { authorization } });
      await page.reload();
      await page.getByTestId("door").waitFor();
      expect(await page.textContent("[data-testid=door]")).toMatch(
        /a expiré ou a été retiré|has expired or was withdrawn/,
      );
      expect(failures).toEqual([]);
    });
  }, 180_000);

  test("whoever comes to the viewer first is asked there; without identity it leads to the download", async () => {
    const guarded = await share({ password });
    const anonymous = await share({ deidentify: [] });
    const linkOf = (url: string): string => `${served.url}/share.html#share=${url.slice(url.lastIndexOf("/") + 1)}`;
    await withPage("<p>", 1280, async ({ page }) => {
      page.setDefaultTimeout(60_000);
      await page.goto(linkOf(guarded.url));
      await page.fill("input[type=password]", "not the password");
      await page.click("button[type=submit]");
      await page.getByTestId("door").waitFor();
      await page.fill("input[type=password]", password);
      await page.click("button[type=submit]");
      await page.waitForSelector("[data-testid=study-row]");
      await page.goto("about:blank");
      await page.goto(linkOf(anonymous.url));
      expect(await page.getByTestId("door").textContent()).toMatch(/without identity|sans identité/);
      await page.goto(`${anonymous.url}?lang=en`);
      expect(await page.textContent("main")).not.toContain("See the images");
    });
  }, 180_000);
});
