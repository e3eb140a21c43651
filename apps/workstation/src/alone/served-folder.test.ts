import { afterEach, expect, test, vi } from "vitest";
import { stubServer } from "../testing/stub-server.ts";
import { servedFolder } from "./served-folder.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("the files that are listed are fetched, each under its path, in the order of the list", async () => {
  const names = Array.from({ length: 20 }, (_, at) => `study/IM${at}`);
  const asked = stubServer(({ path }) => (path === "folder.json" ? Response.json(names) : new Response(path)));
  const files = await servedFolder();
  expect(files.map(({ path }) => path)).toEqual(names);
  expect(await files[7]?.file.text()).toBe("folder/7");
  expect(files[7]?.file.name).toBe("IM7");
  expect(new Set(asked.map(({ path }) => path)).size).toBe(21);
});

test.each([
  ["no answer", () => Promise.reject(new TypeError("away"))],
  ["no such list", () => new Response("", { status: 404 })],
  ["a page instead of a list", () => new Response("<html>")],
  ["a list of something else", () => Response.json([{ path: "a" }])],
])("a host with %s serves no folder", async (_, answer) => {
  stubServer(answer);
  expect(await servedFolder()).toEqual([]);
});

test("a file that was named and does not come is said by its path", async () => {
  stubServer(({ path }) => (path === "folder.json" ? Response.json(["a/b"]) : new Response("", { status: 410 })));
  await expect(servedFolder()).rejects.toThrow("a/b: HTTP 410");
});
