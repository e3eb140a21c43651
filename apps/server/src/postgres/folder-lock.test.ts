import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lockFolder } from "./folder-lock.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "etalon-lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a folder has one holder at a time, and the next is told which", () => {
  const folder = temporaryFolder();
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({ code: "data-folder-in-use", field: folder, received: String(process.pid) }),
  );
  lock.release();
  lockFolder(folder).release();
});

test("the lock of a process that was killed is free at once", async () => {
  const folder = temporaryFolder();
  const program = `
    const { lockFolder } = await import(${JSON.stringify(import.meta.resolve("./folder-lock.ts"))});
    const lock = lockFolder(${JSON.stringify(folder)});
    console.log("held");
    // Whoever holds the lock refers to it: it would go with the garbage.
    setInterval(() => lock.release.name, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ received: String(child.pid) }));
  child.kill("SIGKILL");
  await once(child, "exit");
  lockFolder(folder).release();
});

test("what cannot be a folder is refused", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => lockFolder(file)).toThrow(expect.objectContaining({ code: "data-folder-unusable", field: file }));
});
