import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { runMain } from "../testing/run-main.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const guide = readFileSync(resolve(import.meta.dirname, "../../../../docs/guide/minoca.md"), "utf8");

const folder = temporaryFolder();

/** The body of the guide's only block of a kind. */
function blockOf(kind: "json" | "text"): string {
  const [, body] = new RegExp(`\`\`\`${kind}\\n([^]*?)\\n\`\`\``).exec(guide) ?? [];
  if (body === undefined) throw new Error(`the guide has no ${kind} block`);
  return body;
}

it("the guide's worked run prints what the guide shows", async () => {
  const facts = join(folder, "facts.json");
  writeFileSync(facts, blockOf("json"));
  const { exitCode, out } = await runMain(["decide", "--facts", facts, "--pack", "minoca-desk", "--lang", "en"]);
  expect(exitCode).toBe(0);
  expect(out.split("\nSources of the desk")[0]?.trimEnd()).toBe(blockOf("text"));
});
