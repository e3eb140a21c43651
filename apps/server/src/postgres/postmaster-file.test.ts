import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isPostmasterOf, parsePostmasterFile, readLivingPostmaster } from "./postmaster-file.ts";

/** As PostgreSQL 18 wrote it: pid, data folder, start, port, socket folder, listen address, shared memory, status. */
const written = "23848\n/proc/self/cwd\n1795294312\n5432\n../socket\n\n   21037         0\nready   \n";

test("reads who runs, where it listens and whether it is ready", () => {
  expect(parsePostmasterFile(written)).toEqual({ pid: 23848, port: 5432, listenAddress: "", status: "ready" });
  const overTcp = written.replace("../socket\n\n", "\n127.0.0.1\n").replace("ready   ", "starting");
  expect(parsePostmasterFile(overTcp)).toMatchObject({ listenAddress: "127.0.0.1", status: "starting" });
});

test("a file that is being written says what it says so far", () => {
  expect(parsePostmasterFile("23848\n/data\n")).toEqual({
    pid: 23848,
    port: undefined,
    listenAddress: "",
    status: undefined,
  });
  expect(parsePostmasterFile("-17\n")).toMatchObject({ pid: 17 });
  expect(parsePostmasterFile("")).toBeUndefined();
  expect(parsePostmasterFile("x\n")).toBeUndefined();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "etalon-pid-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a process id that belongs to another program by now is no PostgreSQL", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "postmaster.pid"), `${process.pid}\n`);
  expect(await readLivingPostmaster(folder)).toBeUndefined();
  expect(await isPostmasterOf(process.pid, process.cwd())).toBe(true);
});

test("no file, no PostgreSQL", async () => {
  expect(await readLivingPostmaster(temporaryFolder())).toBeUndefined();
});
