import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const program = fileURLToPath(new URL("../../bin/etalon.mjs", import.meta.url));
const folder = temporaryFolder();

function serve(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, "serve", ...argv], {
    env: {
      PATH: process.env["PATH"],
      ETALON_DATA: join(folder, "data"),
      ETALON_HTTP_PORT: "0",
      ETALON_DIMSE_PORT: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  return { child, said, ended: once(child, "close") };
}

test("--help lists the settings, in the language asked for", async () => {
  const { said, ended } = serve(["--help", "--lang", "fr"]);
  expect(await ended).toEqual([0, null]);
  expect(said.out).toContain("ETALON_HTTP_PORT=0..65535\n      port HTTP");
});

test("a wrong setting ends it as the server ends: 2, and the variable is named", async () => {
  const { said, ended } = serve([], { ETALON_AE_TITLE: "SEVENTEEN LETTERS" });
  expect(await ended).toEqual([2, null]);
  expect(said.err).toMatch(/ETALON_AE_TITLE .*\[setting-invalid\]/);
});

test("it serves until it is told to end, and then leaves nothing behind", async () => {
  const { child, said, ended } = serve([]);
  for (;;) {
    await once(child.stdout, "data");
    if (said.out.includes("Ctrl-C")) break;
  }
  const url = /http:\S+\/healthz/.exec(said.out)?.[0] ?? "";
  expect(await (await fetch(url)).json()).toEqual({ status: "ok" });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});
