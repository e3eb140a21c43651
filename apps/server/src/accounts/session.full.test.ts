import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedAccounts, serveAccounts, testPassword } from "./testing/served-accounts.ts";

let served: ServedAccounts;

beforeAll(async () => {
  served = await serveAccounts();
  await served.account("marie", "radiologist");
});

afterAll(() => served.close());

const json = { "content-type": "application/json" };

function signIn(name: string, password: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = JSON.stringify({ name, password });
  return fetch(`${served.url}/api/session`, { method: "POST", headers: { ...json, ...headers }, body });
}

function cookieOf(answer: Response): string {
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

test("without a session nothing of the archive is told, and programs are told how to ask", async () => {
  for (const path of ["dicom-web/studies", "api/results", "api/worklist", "metrics", "api/session"]) {
    const answer = await fetch(`${served.url}/${path}`);
    expect([path, answer.status]).toEqual([path, 401]);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  }
  expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
});

test("a name and its password open a session, which its cookie carries and signing out ends", async () => {
  const answer = await signIn("Marie", testPassword);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ name: "marie", role: "radiologist", mustChangePassword: false });
  expect(answer.headers.get("set-cookie")).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = cookieOf(answer);
  const search = (): Promise<Response> => fetch(`${served.url}/dicom-web/studies`, { headers: { cookie } });
  expect((await search()).status).toBe(200);
  const out = { method: "DELETE", headers: { cookie, "sec-fetch-site": "same-origin" } };
  expect((await fetch(`${served.url}/api/session`, out)).status).toBe(204);
  expect((await search()).status).toBe(401);
});
