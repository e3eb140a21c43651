import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTemporaryFolder } from "./temporary-folder.ts";

const host = encodeURIComponent(hostname());

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "etalon-temporary-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A folder with one half file, last changed some hours ago. */
function leftBy(name: string, hoursAgo: number): string {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "1"), "half");
  const seconds = Date.now() / 1000 - hoursAgo * 3600;
  utimesSync(folder, seconds, seconds);
  return folder;
}

it("removes what dead processes and former lives left, and nothing of the living", async () => {
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  const ofDead = leftBy(`${host}-${dead}-abcdef`, 0);
  const ofFormerLife = leftBy(`${host}-${process.pid}-abcdef`, 30 * 24);
  const ofLiving = leftBy(`${host}-${process.ppid}-abcdef`, 48);
  const ofOtherMachine = leftBy("elsewhere-1-abcdef", 23);
  const ofOtherMachineLongAgo = leftBy("elsewhere-2-abcdef", 25);
  await openTemporaryFolder(root);
  expect([ofDead, ofFormerLife, ofOtherMachineLongAgo].filter((folder) => existsSync(folder))).toEqual([]);
  expect([ofLiving, ofOtherMachine].filter((folder) => !existsSync(folder))).toEqual([]);
});

it("gives each who opens it a folder of their own, also in one process", async () => {
  const [first, second] = [await openTemporaryFolder(root), await openTemporaryFolder(root)];
  const paths = [first.nextPath(), first.nextPath(), second.nextPath()];
  expect(new Set(paths).size).toBe(3);
  expect(readdirSync(root)).toHaveLength(2);
  expect(paths.every((path) => existsSync(dirname(path)))).toBe(true);
});
