import { debianPython, describeWithPeer, hasPythonModule } from "@etalon/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ServedAccounts, serveAccounts } from "../accounts/testing/served-accounts.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { readZip } from "./testing/read-zip.ts";

let served: ServedAccounts;
let radiologist = "";
let physician = "";
let other = "";
let administrator = "";

const mine = "1.2.826.0.2.1";
const theirs = "1.2.826.0.2.2";
const secretWords = /doe|jane|"?P1\b|1\.2\.826|20240229|ACC77/i;

beforeAll(async () => {
  served = await serveAccounts();
  radiologist = await served.bearer(await served.account("claire", "radiologist"));
  other = await served.bearer(await served.account("other", "radiologist"));
  physician = await served.bearer(await served.account("paul", "physician"));
  administrator = await served.bearer(await served.account("root", "administrator"));
  for (let index = 1; index <= 4; index += 1) await store(smallInstance(index, { AccessionNumber: "ACC77" }));
  await store(smallInstance(9, { StudyInstanceUID: theirs, SeriesInstanceUID: "1.2.826.0.3.2", PatientID: "P2" }));
}, 60_000);
afterAll(() => served?.close());

async function store(bytes: Uint8Array): Promise<void> {
  const stored = await served.archive.store(served.scope, { form: "part10", bytes: inPieces(bytes) });
  if (stored.kind === "refused") throw new Error(stored.message);
}

const madeSchema = z.object({ id: z.number(), url: z.string() });
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

async function post(path: string, body: object, authorization = radiologist): Promise<Response> {
  const headers = { authorization, "content-type": "application/json" };
  return fetch(`${served.url}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function share(said: object = {}, authorization = radiologist): Promise<z.output<typeof madeSchema>> {
  const answer = await post("api/shares", { studies: [mine], expiresAt: inAnHour(), ...said }, authorization);
  expect(answer.status).toBe(201);
  return madeSchema.parse(await answer.json());
}

async function text(url: string, init: RequestInit = {}): Promise<readonly [number, string]> {
  const answer = await fetch(url, { redirect: "manual", ...init });
  return [answer.status, await answer.text()];
}

/** What a browser's form sends. */
function form(fields: Readonly<Record<string, string>>, cookie = ""): RequestInit {
  return { method: "POST", redirect: "manual", body: new URLSearchParams(fields), headers: { cookie } };
}

async function download(url: string, cookie = ""): Promise<string> {
  const counted = await fetch(`${url}/download`, form({}, cookie));
  expect(counted.status).toBe(303);
  return `${served.url}${counted.headers.get("location") ?? ""}`;
}

async function bytesOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  return Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
}

async function events(): Promise<readonly Record<string, unknown>[]> {
  const { kysely } = served.database;
  const rows = await kysely.selectFrom("audit_event").select("event").orderBy("position").execute();
  return rows.map(({ event }): Record<string, unknown> => JSON.parse(event));
}

async function since(work: () => Promise<unknown>): Promise<readonly Record<string, unknown>[]> {
  const before = (await events()).length;
  await work();
  return (await events()).slice(before);
}

const visit = async (url: string, password = ""): Promise<Response> =>
  fetch(`${url}/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(password === "" ? {} : { password }),
  });

const visitSchema = z.object({ token: z.string() });

test("a link opens without an account, in both languages, and says who, until when and what", async () => {
  const { id, url } = await share({ note: "Pour le rendez-vous de <mardi>" });
  const opened = await since(async () => {
    const answer = await fetch(url, { headers: { "accept-language": "fr-FR,fr;q=0.9,en;q=0.5" } });
    const page = await answer.text();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const [name, value] of [
      ["referrer-policy", "no-referrer"],
      ["cache-control", "no-store"],
      ["x-robots-tag", "noindex, nofollow, noarchive"],
      ["x-content-type-options", "nosniff"],
    ] as const) {
      expect([name, answer.headers.get(name)]).toEqual([name, value]);
    }
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page).toContain('lang="fr"');
    expect(page).toContain("Partagées par claire");
    expect(page).toContain("Doe Jane");
    expect(page).toContain("29 février 2024");
    expect(page).toContain("Pour le rendez-vous de &lt;mardi&gt;");
    expect(page).not.toContain("<script");
  });
  expect(opened).toMatchObject([
    { action: "read", actor: `share:${id}`, object: { kind: "share", id: String(id) }, outcome: "success" },
  ]);
  expect((await text(`${url}?lang=en`))[1]).toContain("Shared by claire");
  const picture = await fetch(`${url}/pictures/1`);
  expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  expect((await fetch(`${url}/pictures/2`)).status).toBe(404);
});

const python = { name: `${debianPython} with pydicom`, isPresent: hasPythonModule("pydicom") };
describeWithPeer("with pydicom", python, () => {
  test("the ZIP holds the files as they were received, and a DICOMDIR that names them", async () => {
    const { url } = await share();
    const ticket = await download(url);
    const bytes = await bytesOf(ticket);
    const zip = readZip(bytes);
    expect(zip.bad).toBeNull();
    expect(zip.objects.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(
      [1, 2, 3, 4].map((index) => `1.2.826.0.1.${index}`),
    );
    expect(zip.directory).toEqual(zip.objects.map(({ name }) => name));
    const first = bytes.indexOf(smallInstance(1, { AccessionNumber: "ACC77" }));
    expect(first).toBeGreaterThan(0);
    const part = await bytesOf(ticket, { range: "bytes=1000-" });
    expect(part).toEqual(bytes.subarray(1000));
    const head = await fetch(ticket, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe(String(bytes.length));
    expect(head.headers.get("x-robots-tag")).toContain("noindex");
  });

  test("a share without identity gives no original identifier, in the ZIP, on the page or by DICOMweb", async () => {
    const { url } = await share({ deidentify: ["retain-longitudinal-modified-dates"] });
    const [, page] = await text(url);
    expect(page).not.toMatch(secretWords);
    expect(page).toContain("Without identity");
    const first = await bytesOf(await download(url));
    const zip = readZip(first);
    expect([zip.bad, zip.objects.length]).toEqual([null, 4]);
    expect(JSON.stringify(zip)).not.toMatch(secretWords);
    expect(first.toString("latin1")).not.toMatch(secretWords);
    expect(new Set(zip.objects.map(({ studyInstanceUid }) => studyInstanceUid)).size).toBe(1);
    expect(zip.directory).toEqual(zip.objects.map(({ name }) => name));
    // The same link, the same pseudonyms; another link, others.
    expect(readZip(await bytesOf(await download(url))).objects).toEqual(zip.objects);
    const another = await share({ deidentify: ["retain-longitudinal-modified-dates"] });
    const [there] = readZip(await bytesOf(await download(another.url))).objects;
    expect(there?.studyInstanceUid).not.toBe(zip.objects[0]?.studyInstanceUid);
    expect(there?.patientId).not.toBe(zip.objects[0]?.patientId);
    expect((await visit(url)).status).toBe(403);
    expect(zip.texts["report.json"]).toContain("etalon.deidentification/1");
  });
});

test("DICOMweb reads the shared study by the share's session, and no other", async () => {
  const { url } = await share();
  const { token } = visitSchema.parse(await (await visit(url)).json());
  const ask = async (path: string, method = "GET"): Promise<number> => {
    const answer = await fetch(`${served.url}/${path}`, { method, headers: { authorization: `Bearer ${token}` } });
    await answer.body?.cancel();
    return answer.status;
  };
  const list = await fetch(`${served.url}/dicom-web/studies`, { headers: { authorization: `Bearer ${token}` } });
  const found = z.array(z.object({ "0020000D": z.object({ Value: z.array(z.string()) }) })).parse(await list.json());
  expect(found.map((study) => study["0020000D"].Value)).toEqual([[mine]]);
  expect(await ask(`dicom-web/studies/${mine}/metadata`)).toBe(200);
  expect(await ask(`dicom-web/studies/${mine}/series/1.2.826.0.3.1/instances/1.2.826.0.1.1/frames/1`)).toBe(200);
  expect(await ask(`dicom-web/studies/${theirs}/metadata`)).toBe(404);
  expect(await ask(`dicom-web/studies/${theirs}/series/1.2.826.0.3.2/instances/1.2.826.0.1.9/frames/1`)).toBe(404);
  expect(await ask("api/results")).toBe(200);
  for (const [path, method] of [
    ["api/session", "GET"],
    ["api/shares", "GET"],
    ["api/tokens", "GET"],
    ["api/accounts", "GET"],
    ["api/worklist", "GET"],
    [`dicom-web/studies/${mine}`, "DELETE"],
  ] as const) {
    expect([path, await ask(path, method)]).toEqual([path, 403]);
  }
});

test("nothing is shared that its maker does not see", async () => {
  const refused = await post("api/shares", { studies: [mine], expiresAt: inAnHour() }, physician);
  expect([refused.status, await refused.json()]).toMatchObject([404, { code: "study-not-found" }]);
  const both = await post("api/shares", { studies: [mine, "1.9.9"], expiresAt: inAnHour() });
  expect(both.status).toBe(404);
});

test.each([
  ["in the past", () => ({ expiresAt: new Date(Date.now() - 1000).toISOString() }), "out-of-range"],
  [
    "later than the longest share",
    () => ({ expiresAt: new Date(Date.now() + 31 * 86_400_000).toISOString() }),
    "out-of-range",
  ],
  ["never", () => ({ expiresAt: undefined }), "request-malformed"],
  ["a short password", () => ({ password: "short" }), "request-malformed"],
  ["an unknown option", () => ({ deidentify: ["retain-everything"] }), "unknown-name"],
])("a share that ends or is guarded by %s is refused", async (_name, said, code) => {
  const answer = await post("api/shares", { studies: [mine], expiresAt: inAnHour(), ...said() });
  expect([answer.status, await answer.json()]).toMatchObject([400, { code }]);
});

test("an expired link opens nothing: page, ZIP, pictures, DICOMweb", async () => {
  const { id, url } = await share();
  const { token } = visitSchema.parse(await (await visit(url)).json());
  const ticket = await download(url);
  const { kysely } = served.database;
  await kysely
    .updateTable("share")
    .set({ expires_at: new Date(Date.now() - 1) })
    .where("id", "=", id)
    .execute();
  const [status, page] = await text(`${url}?lang=fr`);
  expect(status).toBe(410);
  expect(page).toContain("Ce lien a expiré");
  expect(page).not.toMatch(secretWords);
  for (const path of [ticket, `${url}/pictures/1`]) expect((await text(path))[0]).toBe(410);
  const bearer = { headers: { authorization: `Bearer ${token}` } };
  expect((await text(`${served.url}/dicom-web/studies`, bearer))[0]).toBe(401);
});

test("a revoked link opens nothing from then on; only its maker and administrators revoke it", async () => {
  const { id, url } = await share();
  const { token } = visitSchema.parse(await (await visit(url)).json());
  const ticket = await download(url);
  const revoke = (authorization: string): Promise<Response> =>
    fetch(`${served.url}/api/shares/${id}`, { method: "DELETE", headers: { authorization } });
  expect((await revoke(other)).status).toBe(404);
  const said = await since(async () => expect((await revoke(administrator)).status).toBe(204));
  expect(said).toMatchObject([{ action: "remove", object: { kind: "share", id: String(id) } }]);
  const refused = await since(async () => {
    expect((await text(url))[0]).toBe(410);
    expect((await text(url))[1]).toContain("This link was withdrawn");
  });
  expect(refused).toMatchObject([
    { outcome: "refused", error: "share-ended", object: { kind: "share", id: String(id) } },
  ]);
  expect((await text(ticket))[0]).toBe(410);
  const bearer = { headers: { authorization: `Bearer ${token}` } };
  expect((await text(`${served.url}/dicom-web/studies`, bearer))[0]).toBe(401);
  const lists = async (authorization: string): Promise<boolean> => {
    const answer = await fetch(`${served.url}/api/shares`, { headers: { authorization } });
    const listed = z.array(z.object({ id: z.number(), revokedAt: z.string().nullable() })).parse(await answer.json());
    return listed.some((one) => one.id === id && one.revokedAt !== null);
  };
  expect(await Promise.all([radiologist, other, administrator].map(lists))).toEqual([true, false, true]);
});

test("a token that is changed or incomplete opens nothing, and says so in both languages", async () => {
  const { url } = await share();
  const changed = `${url.slice(0, -1)}${url.endsWith("A") ? "B" : "A"}`;
  for (const wrong of [changed, url.slice(0, -1), `${url}A`, `${served.url}/share/%00`]) {
    const [status, page] = await text(`${wrong}?lang=fr`);
    expect([wrong, status]).toEqual([wrong, 404]);
    expect(page).toContain("Ce lien ne mène nulle part");
  }
});

test("the password is asked for, wrong ones are refused, and after five nobody is heard for a while", async () => {
  const password = "un mot de passe";
  const { id, url } = await share({ password });
  const [, asked] = await text(url);
  expect(asked).toContain('type="password"');
  expect(asked).not.toMatch(secretWords);
  expect((await text(`${url}/pictures/1`))[0]).toBe(401);
  expect((await fetch(`${url}/download`, form({}))).headers.get("location")).not.toContain("/download/");
  const wrong = await since(async () => {
    const [status, page] = await text(`${url}?lang=fr`, form({ password: "faux" }));
    expect([status, page.includes("Ce n’est pas le mot de passe")]).toEqual([401, true]);
    expect((await visit(url, "faux")).status).toBe(401);
  });
  expect(wrong).toMatchObject([
    { action: "login", outcome: "refused", actor: `share:${id}`, error: "sign-in-refused" },
  ]);
  const right = await fetch(`${url}?lang=fr`, form({ password }));
  const cookie = right.headers.get("set-cookie") ?? "";
  expect(right.status).toBe(303);
  expect(cookie).toMatch(/^etalon_share=etalon_share_[\w-]{43}; .*Path=\/share\/[\w-]{43}; .*HttpOnly; SameSite=Lax/);
  const held = cookie.split(";")[0] ?? "";
  expect((await text(url, { headers: { cookie: held } }))[1]).toContain("Doe Jane");
  expect(await bytesOf(await download(url, held))).toHaveProperty("length");
  // Another share's session opens nothing here.
  const second = await share({ password });
  expect((await text(second.url, { headers: { cookie: held } }))[1]).not.toMatch(secretWords);
  for (let tries = 0; tries < 5; tries += 1) {
    expect((await fetch(second.url, form({ password: `faux ${tries}` }))).status).toBe(401);
  }
  const late = await fetch(second.url, form({ password }));
  expect([late.status, Number(late.headers.get("retry-after")) > 0]).toEqual([429, true]);
  expect(await late.text()).toContain("Too many tries");
});

test("headers and prefetches neither open nor count; the limit counts downloads, not their retries", async () => {
  const { url } = await share({ maxDownloads: 1 });
  const quiet = await since(async () => {
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    for (const header of ["sec-purpose", "purpose", "x-moz"]) {
      const answer = await fetch(url, { headers: { [header]: "prefetch" } });
      expect([answer.status, await answer.text()]).toEqual([503, ""]);
    }
  });
  expect(quiet).toEqual([]);
  const ticket = await download(url);
  const first = await bytesOf(ticket);
  expect(await bytesOf(ticket)).toEqual(first);
  const used = await fetch(`${url}/download`, form({}));
  expect([used.status, (await used.text()).includes("No download is left")]).toEqual([410, true]);
  expect((await text(url))[1]).toContain("<button disabled>");
  const elsewhere = await share();
  const ticketName = ticket.split("/").at(-1) ?? "";
  expect((await text(`${elsewhere.url}/download/${ticketName}`))[0]).toBe(404);
});

test("an erased study is in no share, and neither log nor audit holds a name, a UID or a token", async () => {
  const { url } = await share({ studies: [theirs] });
  expect((await text(url))[0]).toBe(200);
  await served.archive.remove(served.scope, { studyInstanceUid: theirs });
  const [status, page] = await text(url);
  expect([status, page.includes("no longer here")]).toEqual([200, true]);
  const said = `${JSON.stringify(await events())}${served.log.join("")}`;
  expect(said).not.toMatch(/doe|jane|1\.2\.826/i);
  expect(said).not.toContain(url.split("/").at(-1) ?? "share");
  expect(await verifyAudit(served.database.kysely)).toMatchObject({ isWhole: true });
});
