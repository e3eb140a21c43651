import { afterEach, beforeEach, expect, test } from "vitest";
import { builtPageFolder, hasPage } from "../page/register-page.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "../testing/running-server.ts";

let folder = "";
let server: ServerProcess | undefined;

beforeEach(async () => {
  folder = await temporaryDataFolder();
});

afterEach(async () => {
  await end();
  await removeDataFolder(folder);
});

async function end(): Promise<void> {
  server?.child.kill("SIGTERM");
  await server?.ended;
  server = undefined;
}

async function start(): Promise<string> {
  server = spawnServer(folder, { ETALON_ACCOUNTS: "on" }, { argv: ["--phantom"] });
  return server.url();
}

/** What the API says to whoever opens the link of the start screen. */
async function entered(url: string): Promise<{ readonly location: string; get(path: string): Promise<unknown> }> {
  const [link = ""] = /http:\S+\/api\/enter\?link=\S+/.exec(server?.output() ?? "") ?? [];
  const answer = await fetch(link, { redirect: "manual" });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  return {
    location: answer.headers.get("location") ?? "",
    get: async (path) => (await fetch(`${url}${path}`, { headers: { cookie: cookie.join("; ") } })).json(),
  };
}

test("an empty archive gets the phantom, measured before it is said, and the link opens it; the next start adds none", async () => {
  const url = await start();
  const { location, get } = await entered(url);
  const study = /#\/study\/([\d.]+)$/.exec(location)?.[1];
  expect(study !== undefined || !hasPage(builtPageFolder)).toBe(true);
  // 46 slices, and the report and segmentation that its measuring stored beside them.
  expect(await get("/dicom-web/studies")).toMatchObject([
    { "0020000D": study === undefined ? {} : { Value: [study] }, "00201208": { Value: [48] } },
  ]);
  const results = await get("/api/results?protocol=coronary/calcium-score&output=agatston-score&min=1");
  expect(results).toMatchObject({ total: 1 });
  await end();
  await start();
  expect(server?.output()).not.toMatch(/phantom/i);
}, 240_000);
