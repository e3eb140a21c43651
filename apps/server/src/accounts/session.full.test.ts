import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createAccount, listAccounts } from "./accounts.ts";
import { prepareFirstSignIn } from "./first-administrator.ts";
import { hashPassword } from "./password-hash.ts";
import { resetPassword } from "./reset-password.ts";
import { newOneTimePassword } from "./secrets.ts";
import { attemptLimits } from "./sign-in-attempts.ts";
import { type ServedAccounts, serveAccounts, testPassword } from "./testing/served-accounts.ts";

let served: ServedAccounts;

beforeAll(async () => {
  served = await serveAccounts({ ETALON_HTTP_BASIC: "on" });
  await served.account("marie", "radiologist");
  await served.account("root", "administrator");
});

beforeEach(async () => {
  await served.database.kysely.deleteFrom("sign_in_attempt").execute();
});

afterAll(() => served.close());

const json = { "content-type": "application/json" };
const ours = { "sec-fetch-site": "same-origin" };
const sessionSchema = z.object({ name: z.string(), role: z.string(), actions: z.array(z.string()) });
type Headers = Readonly<Record<string, string>>;

function signIn(name: string, password: string, headers: Headers = {}): Promise<Response> {
  return send("POST", "api/session", { headers, body: { name, password } });
}

function send(
  method: string,
  path: string,
  { headers = {}, body }: { readonly headers?: Headers; readonly body?: unknown } = {},
): Promise<Response> {
  const text = body === undefined ? null : JSON.stringify(body);
  const all = text === null ? headers : { ...json, ...headers };
  return fetch(`${served.url}/${path}`, { method, headers: all, body: text, redirect: "manual" });
}

function cookieOf(answer: Response): string {
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function codeOf(answer: Response): Promise<string> {
  return z.object({ code: z.string() }).parse(await answer.json()).code;
}

async function cookieFor(name: string): Promise<string> {
  return cookieOf(await signIn(name, testPassword));
}

async function searches(headers: Headers): Promise<number> {
  const answer = await send("GET", "dicom-web/studies", { headers });
  await answer.body?.cancel();
  return answer.status;
}

test("without a session nothing of the archive is told, and programs are told how to ask", async () => {
  for (const path of ["dicom-web/studies", "api/results", "api/worklist", "metrics", "api/session", "api/events"]) {
    const answer = await send("GET", path);
    expect([path, answer.status]).toEqual([path, 401]);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
  const page = await send("GET", "dicom-web/studies", { headers: { "sec-fetch-mode": "cors" } });
  expect(page.headers.get("www-authenticate")).not.toContain("Basic");
  expect((await send("GET", "healthz")).status).toBe(200);
});

test("a name and its password open a session, which its cookie carries and signing out ends", async () => {
  const answer = await signIn(" Marie", testPassword);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ name: "marie", role: "radiologist", mustChangePassword: false });
  expect(answer.headers.get("set-cookie")).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = cookieOf(answer);
  expect(await searches({ cookie })).toBe(200);
  expect((await send("DELETE", "api/session", { headers: { cookie, ...ours } })).status).toBe(204);
  expect(await searches({ cookie })).toBe(401);
});

test("signing in gives another session than the one that the browser brought, which ends", async () => {
  const before = await cookieFor("marie");
  const after = cookieOf(await signIn("marie", testPassword, { cookie: before, ...ours }));
  expect(after).not.toBe(before);
  expect([await searches({ cookie: before }), await searches({ cookie: after })]).toEqual([401, 200]);
});

test("signing out everywhere ends every browser's session and leaves programs alone", async () => {
  const cookies = [await cookieFor("marie"), await cookieFor("marie")];
  const [cookie = ""] = cookies;
  const { accountId } = z
    .object({ accountId: z.number() })
    .parse(await (await send("GET", "api/session", { headers: { cookie } })).json());
  const authorization = await served.bearer(accountId);
  expect((await send("DELETE", "api/session?everywhere=true", { headers: { cookie, ...ours } })).status).toBe(204);
  expect(await Promise.all(cookies.map((each) => searches({ cookie: each })))).toEqual([401, 401]);
  expect(await searches({ authorization })).toBe(200);
});

test("a session ends after half an hour of silence, and after twelve hours in any case", async () => {
  const { kysely } = served.database;
  const silent = await cookieFor("marie");
  await kysely.updateTable("session").set({ last_seen_at: sql<Date>`now() - interval '29 minutes'` }).execute();
  expect(await searches({ cookie: silent })).toBe(200);
  await kysely.updateTable("session").set({ last_seen_at: sql<Date>`now() - interval '31 minutes'` }).execute();
  expect(await searches({ cookie: silent })).toBe(401);
  const busy = await cookieFor("marie");
  const row = await kysely.selectFrom("session").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
  // Twelve hours, the least and most that this may have lasted apart.
  expect((row.expires_at.getTime() - row.created_at.getTime()) / 3_600_000).toBe(12);
  await kysely.updateTable("session").set({ expires_at: new Date() }).where("id", "=", row.id).execute();
  expect(await searches({ cookie: busy })).toBe(401);
});

test("a change by cookie must come from a page of this server", async () => {
  const cookie = await cookieFor("marie");
  const { csrfToken } = z
    .object({ csrfToken: z.string() })
    .parse(await (await send("GET", "api/session", { headers: { cookie } })).json());
  const attempt = async (headers: Headers): Promise<number> =>
    (await send("POST", "api/tokens", { headers: { cookie, ...headers }, body: { name: "x" } })).status;
  expect(await attempt({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await attempt({ "sec-fetch-site": "same-site" })).toBe(403);
  expect(await attempt({ "sec-fetch-site": "cross-site", origin: served.url, "x-csrf-token": csrfToken })).toBe(403);
  expect(await attempt({ origin: "https://evil.example.org" })).toBe(403);
  expect(await attempt({ origin: "null" })).toBe(403);
  expect(await attempt({})).toBe(403);
  expect(await attempt({ "x-csrf-token": "x".repeat(csrfToken.length) })).toBe(403);
  expect(await attempt({ "x-csrf-token": csrfToken })).toBe(201);
  expect(await attempt({ origin: served.url })).toBe(201);
  expect(await attempt(ours)).toBe(201);
  const foreign = await signIn("marie", testPassword, { "sec-fetch-site": "cross-site" });
  expect([foreign.status, await codeOf(foreign)]).toEqual([403, "cross-site-request"]);
});

test("five wrong passwords close a name to an address, also when they come at once and the sixth is right", async () => {
  const wrong = await Promise.all(
    Array.from({ length: 12 }, () => signIn("marie", "wrong").then(({ status }) => status)),
  );
  expect(wrong.filter((status) => status === 401).length).toBeLessThanOrEqual(attemptLimits.pair);
  expect(new Set(wrong)).toEqual(new Set([401, 429].filter((status) => wrong.includes(status))));
  while ((await signIn("marie", "wrong")).status === 401);
  const closed = await signIn("marie", testPassword);
  expect([closed.status, await codeOf(closed)]).toEqual([429, "too-many-attempts"]);
  expect(Number(closed.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(closed.headers.get("retry-after"))).toBeLessThanOrEqual(15 * 60);
  expect((await signIn("root", testPassword)).status).toBe(200);
  await served.database.kysely
    .updateTable("sign_in_attempt")
    .set({ at: sql<Date>`now() - interval '16 minutes'` })
    .execute();
  expect((await signIn("marie", testPassword)).status).toBe(200);
});

test("an unknown name is answered like a wrong password, and as slowly", async () => {
  const time = async (name: string): Promise<number> => {
    const begin = performance.now();
    const answer = await signIn(name, "wrong");
    const ms = performance.now() - begin;
    expect([answer.status, await codeOf(answer)]).toEqual([401, "sign-in-refused"]);
    return ms;
  };
  await time("warm.up");
  const times = { known: [], unknown: [] } as { readonly known: number[]; readonly unknown: number[] };
  for (let round = 0; round < 8; round += 1) {
    await served.database.kysely.deleteFrom("sign_in_attempt").execute();
    times.known.push(await time("marie"));
    times.unknown.push(await time(`nobody.${round}`));
  }
  const least = { known: Math.min(...times.known), unknown: Math.min(...times.unknown) };
  // Without the hash, which fills 19 MiB twice, it would take a tenth; a busy machine blurs the rest.
  expect(least.unknown).toBeGreaterThan(least.known / 3);
  expect(least.known).toBeGreaterThan(least.unknown / 3);
});

test("a one-time password opens nothing but its change", async () => {
  const password = newOneTimePassword();
  const { kysely } = served.database;
  await createAccount(served.place, {
    name: "paul",
    displayName: "",
    role: "administrator",
    password,
    mustChangePassword: true,
  });
  const cookie = cookieOf(await signIn("paul", password));
  const headers = { cookie, ...ours };
  expect(await codeOf(await send("GET", "api/accounts", { headers }))).toBe("password-change-needed");
  expect(await codeOf(await send("POST", "api/tokens", { headers, body: { name: "x" } }))).toBe(
    "password-change-needed",
  );
  const change = (currentPassword: string, newPassword: string): Promise<Response> =>
    send("PUT", "api/session/password", { headers, body: { currentPassword, newPassword } });
  expect(await codeOf(await change("wrong", "one long phrase"))).toBe("sign-in-refused");
  for (const weak of ["short", "paulpaulpaul", "password1234", "azertyuiop12345", "aaaaaaaaaaaa", password]) {
    expect([weak, await codeOf(await change(password, weak))]).toEqual([weak, "password-refused"]);
    await kysely.deleteFrom("sign_in_attempt").execute();
  }
  expect((await change(password, "une autre longue phrase")).status).toBe(204);
  expect((await signIn("paul", password)).status).toBe(401);
  const again = cookieOf(await signIn("paul", "une autre longue phrase"));
  expect((await send("GET", "api/accounts", { headers: { cookie: again } })).status).toBe(200);
});

test("a hash of less cost than today's is renewed at the sign-in", async () => {
  const { kysely } = served.database;
  const weak = await hashPassword(testPassword, { memoryKiB: 64, passes: 1, parallelism: 1 });
  expect(weak).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  await kysely.updateTable("account").set({ password_hash: weak }).where("name", "=", "marie").execute();
  expect((await signIn("marie", testPassword)).status).toBe(200);
  const row = await kysely.selectFrom("account").select("password_hash").where("name", "=", "marie").executeTakeFirst();
  expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await signIn("marie", testPassword)).status).toBe(200);
});

test("a token is shown once, does what its account may, makes no others, and can be taken back", async () => {
  const cookie = await cookieFor("marie");
  const made = await send("POST", "api/tokens", {
    headers: { cookie, ...ours },
    body: { name: "CT gateway", days: 2 },
  });
  const { id, token } = z.object({ id: z.number(), token: z.string() }).parse(await made.json());
  const authorization = `Bearer ${token}`;
  const basic = (name: string, password: string): string =>
    `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
  expect(await searches({ authorization })).toBe(200);
  expect(await searches({ authorization: basic("marie", token) })).toBe(200);
  expect(await searches({ authorization: basic("root", token) })).toBe(401);
  expect(await searches({ authorization: basic("marie", testPassword) })).toBe(200);
  expect(await searches({ authorization: basic("marie", "wrong") })).toBe(401);
  expect(await searches({ cookie: `etalon_session=${token}` })).toBe(401);
  expect((await send("POST", "api/tokens", { headers: { authorization }, body: { name: "x" } })).status).toBe(403);
  const list = JSON.stringify(await (await send("GET", "api/tokens", { headers: { authorization } })).json());
  expect(list).toContain("CT gateway");
  expect(list).not.toContain(token);
  const others = await cookieFor("root");
  expect((await send("DELETE", `api/tokens/${id}`, { headers: { cookie: others, ...ours } })).status).toBe(404);
  expect((await send("DELETE", `api/tokens/${id}`, { headers: { cookie, ...ours } })).status).toBe(204);
  expect(await searches({ authorization })).toBe(401);
});

test("who is disabled or gets another role is signed out, and the last administrator stays", async () => {
  await served.database.kysely.updateTable("account").set({ is_disabled: true }).where("name", "=", "paul").execute();
  const cookie = await cookieFor("root");
  const headers = { cookie, ...ours };
  const id = await served.account("luc", "guest");
  const authorization = await served.bearer(id);
  expect(await searches({ authorization })).toBe(200);
  expect((await send("PATCH", `api/accounts/${id}`, { headers, body: { disabled: true } })).status).toBe(200);
  expect(await searches({ authorization })).toBe(401);
  expect((await signIn("luc", testPassword)).status).toBe(401);
  const list = z
    .array(z.object({ id: z.number(), name: z.string() }))
    .parse(await (await send("GET", "api/accounts", { headers })).json());
  const root = list.find(({ name }) => name === "root")?.id;
  for (const body of [{ disabled: true }, { role: "guest" }]) {
    const refused = await send("PATCH", `api/accounts/${root}`, { headers, body });
    expect([refused.status, await codeOf(refused)]).toEqual([409, "last-administrator"]);
  }
  const taken = await send("POST", "api/accounts", {
    headers,
    body: { name: "LUC", displayName: "Luc", role: "guest" },
  });
  expect(taken.status).toBe(409);
});

test("a site's first account is made once by all that start together; its link opens once", async () => {
  const { kysely } = served.database;
  const { id: siteId } = await kysely
    .insertInto("site")
    .values({ name: "new" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const place = { ...served.place, siteId };
  const starts = await Promise.all(
    Array.from({ length: 4 }, () => prepareFirstSignIn(place, { isLinkWanted: "at-first" })),
  );
  const made = starts.filter((start) => start !== undefined);
  expect(made).toHaveLength(1);
  const [first] = made;
  expect(await prepareFirstSignIn(place, { isLinkWanted: "at-first" })).toBeUndefined();
  const clicks = await Promise.all([1, 2, 3].map(() => send("GET", `api/enter?link=${first?.link}`)));
  expect(clicks.map(({ status }) => status).sort()).toEqual([303, 400, 400]);
  const cookie = cookieOf(clicks.find(({ status }) => status === 303) ?? new Response());
  // Whoever came by the link chooses a password without knowing the printed one.
  expect(await searches({ cookie })).toBe(200);
  const body = { newPassword: "a phrase of one's own" };
  expect((await send("PUT", "api/session/password", { headers: { cookie, ...ours }, body })).status).toBe(204);
  // An administrator signs nothing; whoever sits at the machine also has an account that reads and signs.
  const mine = async (link: string | undefined): Promise<readonly unknown[]> => {
    const entered = cookieOf(await send("GET", `api/enter?link=${link}`));
    const { name, role, actions } = sessionSchema.parse(
      await (await send("GET", "api/session", { headers: { cookie: entered } })).json(),
    );
    return [name, role, actions.includes("sign"), actions.includes("manage-accounts")];
  };
  expect(await mine(first?.readerLink)).toEqual(["reader", "radiologist", true, false]);
  const again = await prepareFirstSignIn(place, { isLinkWanted: "always" });
  expect(await mine(again?.readerLink)).toEqual(["reader", "radiologist", true, false]);
  expect(await mine(again?.link)).toEqual(["admin", "administrator", false, true]);
  const late = await prepareFirstSignIn(place, { isLinkWanted: "always" });
  await kysely.updateTable("single_use").set({ expires_at: new Date() }).execute();
  expect((await send("GET", `api/enter?link=${late?.link}`)).status).toBe(400);
  expect(late?.oneTimePassword).toBeUndefined();
});

test("a server that others reach makes its administrator and no reader", async () => {
  const { kysely } = served.database;
  await kysely
    .updateTable("account")
    .set({ name: sql`name || '.before'` })
    .where("name", "in", ["admin", "reader"])
    .execute();
  const site = await kysely.insertInto("site").values({ name: "far" }).returning("id").executeTakeFirstOrThrow();
  const place = { ...served.place, siteId: site.id };
  const first = await prepareFirstSignIn(place, { isLinkWanted: "never" });
  expect([first?.link, first?.readerLink, first?.oneTimePassword]).toEqual([undefined, undefined, expect.any(String)]);
  expect((await listAccounts(place)).map(({ name, role }) => [name, role])).toEqual([["admin", "administrator"]]);
});

test("whoever is locked out gets in by a password that the server's own machine prints", async () => {
  while ((await signIn("marie", "wrong")).status !== 429);
  const password = await resetPassword(served.place, "Marie");
  const answer = await signIn("marie", password);
  expect([answer.status, z.object({ mustChangePassword: z.boolean() }).parse(await answer.json())]).toEqual([
    200,
    { mustChangePassword: true },
  ]);
  await expect(resetPassword(served.place, "nobody")).rejects.toMatchObject({ code: "account-not-found" });
});

test("neither the log nor the database holds what opens a session", async () => {
  const cookie = await cookieFor("root");
  const [, secret = "-"] = cookie.split("=");
  await searches({ cookie });
  const log = served.log.join("\n");
  const { rows } = await sql<{ readonly text: string }>`
    SELECT session::text AS text FROM session UNION ALL SELECT single_use::text FROM single_use
    UNION ALL SELECT account::text FROM account UNION ALL SELECT sign_in_attempt::text FROM sign_in_attempt`.execute(
    served.database.kysely,
  );
  const kept = rows.map(({ text }) => text).join("\n");
  expect(log).toContain("/api/session");
  for (const text of [log, kept]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(testPassword);
    expect(text).not.toContain("etalon_");
  }
  expect(log).not.toMatch(/marie|link=/);
});

test("the audit log tells who signed in, was refused, and changed accounts, without a name", async () => {
  const { kysely } = served.database;
  const rows = await kysely.selectFrom("audit_event").select("event").orderBy("position").execute();
  const events = rows.map(({ event }) => event);
  const has = (action: string, outcome: string): boolean =>
    events.some((event) => event.includes(`"action":"${action}"`) && event.includes(`"outcome":"${outcome}"`));
  expect([has("login", "success"), has("login", "refused"), has("logout", "success")]).toEqual([true, true, true]);
  expect(events.some((event) => /"action":"change".*"kind":"account"/.test(event))).toBe(true);
  expect(events.join("\n")).not.toMatch(/marie|paul|luc|root/i);
});
