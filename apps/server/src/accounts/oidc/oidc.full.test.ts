import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, openBrowser } from "../testing/browse.ts";
import { type ServedAccounts, serveAccounts } from "../testing/served-accounts.ts";
import { startProvider, type TestProvider } from "../testing/start-provider.ts";

let provider: TestProvider;
let served: ServedAccounts;
let callback = "";

beforeAll(async () => {
  const port = await freePort();
  callback = `http://127.0.0.1:${port}/api/oidc/callback`;
  const groups = { marie: ["staff", "radiology"], paul: ["it"], eve: ["catering"], jean: ["radiology"] };
  provider = await startProvider(groups, () => [callback]);
  served = await serveAccounts({
    ETALON_HTTP_PORT: String(port),
    ETALON_OIDC_ISSUER: provider.issuer,
    ETALON_OIDC_CLIENT_ID: "etalon",
    ETALON_OIDC_CLIENT_SECRET: "the provider's secret",
    ETALON_OIDC_ROLES: "it=administrator,radiology=radiologist",
  });
});

afterAll(async () => {
  await served.close();
  await provider.stop();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address === null || typeof address === "string" ? 0 : address.port;
}

/** Signs in at the provider, and stops before its answer is shown to the server. */
async function answerFor(login: string): Promise<{ readonly browser: Browser; readonly url: URL }> {
  const browser = openBrowser(login);
  const { url } = await browser.go(`${served.url}/api/oidc/sign-in`, callback);
  return { browser, url: new URL(url) };
}

async function whoIs(browser: Browser): Promise<unknown> {
  const cookie = browser.cookieFor(served.url);
  return (await fetch(`${served.url}/api/session`, { headers: { cookie } })).json();
}

test("whoever the provider knows by a group gets its role, and the same account each time", async () => {
  const { browser, url } = await answerFor("marie");
  const page = await browser.go(url.href);
  expect([page.url, page.status]).toEqual([`${served.url}/docs`, 200]);
  const first = await whoIs(browser);
  expect(first).toMatchObject({ name: "marie", displayName: "Dr marie", role: "radiologist" });
  const again = await answerFor("marie");
  await again.browser.go(again.url.href);
  expect(await whoIs(again.browser)).toMatchObject({ accountId: (first as { readonly accountId: number }).accountId });
});

test("a local account of the same name stays somebody else's", async () => {
  const id = await served.account("jean", "guest");
  const { browser, url } = await answerFor("jean");
  await browser.go(url.href);
  const who = await whoIs(browser);
  expect(who).toMatchObject({ name: expect.stringMatching(/^jean\.[0-9a-f]{8}$/), role: "radiologist" });
  expect(who).not.toMatchObject({ accountId: id });
});

test.each([
  ["another state", (url: URL) => url.searchParams.set("state", "another")],
  ["another issuer", (url: URL) => url.searchParams.set("iss", "https://login.example.org")],
  ["another code", (url: URL) => url.searchParams.set("code", "another")],
  ["an error", (url: URL) => url.searchParams.set("error", "access_denied")],
])("an answer with %s is refused", async (_what, change) => {
  const { browser, url } = await answerFor("marie");
  change(url);
  const { status, text } = await browser.go(url.href);
  expect([status, JSON.parse(text).code]).toEqual([400, "oidc-refused"]);
  expect(await whoIs(browser)).toMatchObject({ status: 401 });
});

test("an answer to another nonce, or with another PKCE verifier, is refused", async () => {
  for (const details of [{ nonce: "another" }, { codeVerifier: "another-verifier-that-is-long-enough-for-rfc-7636" }]) {
    const { browser, url } = await answerFor("marie");
    const rows = await served.database.kysely
      .selectFrom("single_use")
      .selectAll()
      .where("purpose", "=", "oidc")
      .execute();
    for (const row of rows) {
      await served.database.kysely
        .updateTable("single_use")
        .set({ details: JSON.stringify({ ...row.details, ...details }) })
        .where("secret_sha256", "=", row.secret_sha256)
        .execute();
    }
    const { status, text } = await browser.go(url.href);
    expect([status, JSON.parse(text).code]).toEqual([400, "oidc-refused"]);
  }
});

test("an answer is taken once, in the browser that asked, while it waits", async () => {
  const { browser, url } = await answerFor("marie");
  expect((await openBrowser("eve").go(url.href)).status).toBe(400);
  expect((await browser.go(url.href)).status).toBe(200);
  expect((await browser.go(url.href)).status).toBe(400);
  const late = await answerFor("marie");
  await served.database.kysely
    .updateTable("single_use")
    .set({ expires_at: new Date(0) })
    .where("purpose", "=", "oidc")
    .execute();
  expect((await late.browser.go(late.url.href)).status).toBe(400);
});

test("who is in no group that counts, or disabled here, stays out", async () => {
  const eve = await answerFor("eve");
  expect((await eve.browser.go(eve.url.href)).status).toBe(400);
  const paul = await answerFor("paul");
  await paul.browser.go(paul.url.href);
  expect(await whoIs(paul.browser)).toMatchObject({ role: "administrator" });
  await served.database.kysely.updateTable("account").set({ is_disabled: true }).where("name", "=", "paul").execute();
  expect(await whoIs(paul.browser)).toMatchObject({ status: 401 });
  const again = await answerFor("paul");
  expect((await again.browser.go(again.url.href)).status).toBe(400);
});

test("secrets of the provider's stay out of the log", () => {
  const log = served.log.join("\n");
  expect(log).toContain("/api/oidc/callback");
  expect(log).not.toMatch(/the provider's secret|code=|state=|nonce/);
});
