import { afterEach, expect, test, vi } from "vitest";
import { problemOf, stubServer } from "../testing/stub-server.ts";
import { changePassword, may, readSession, signIn, signOut } from "./session.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const session = {
  ...{ accountId: 3, name: "ada", displayName: "Ada", role: "reader", actions: ["read", "sign"] },
  ...{ mustChangePassword: false, expiresAt: "2026-11-23T18:00:00Z", csrfToken: null },
};

test("somebody is signed in, nobody is, or the server keeps no accounts", async () => {
  stubServer(() => Response.json({ ...session, more: "than the page knows" }));
  expect(await readSession()).toEqual(session);
  stubServer(() => problemOf(401, "sign-in-needed"));
  expect(await readSession()).toBe("nobody");
  stubServer(() => problemOf(404, "not-found"));
  expect(await readSession()).toBe("off");
});

test("a server that fails is neither nobody nor off", async () => {
  stubServer(() => problemOf(500, "internal"));
  await expect(readSession()).rejects.toMatchObject({ status: 500 });
  stubServer(() => Response.json({ name: "ada" }));
  await expect(readSession()).rejects.toMatchObject({ name: "ZodError" });
});

test("signing in, a new password and signing out go to the session", async () => {
  const asked = stubServer(({ method }) =>
    method === "POST" ? Response.json(session) : new Response(null, { status: 204 }),
  );
  expect(await signIn({ name: "ada", password: "p" })).toEqual(session);
  await changePassword({ currentPassword: "p", newPassword: "a sentence is good" });
  await signOut();
  expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["POST", "api/session", { name: "ada", password: "p" }],
    ["PUT", "api/session/password", { currentPassword: "p", newPassword: "a sentence is good" }],
    ["DELETE", "api/session", undefined],
  ]);
});

test("a refused password says why", async () => {
  stubServer(() => problemOf(401, "sign-in-refused"));
  await expect(signIn({ name: "ada", password: "q" })).rejects.toMatchObject({ code: "sign-in-refused" });
});

test("an account may do what its actions say; without accounts everybody may, nobody may nothing", () => {
  expect([may(session, "sign"), may(session, "administer")]).toEqual([true, false]);
  expect([may("off", "administer"), may("nobody", "read")]).toEqual([true, false]);
});
