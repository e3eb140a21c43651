import { readFile } from "node:fs/promises";
import { describeWithSharedData } from "@etalon/testing";
import { expect, it } from "vitest";
import { conformanceMarkdown, conformancePage, measureConformance } from "./conformance-table.ts";

describeWithSharedData("docs/conformance.md", "7-conformance", (folder) => {
  it("says what reading every file gives, and no file gives an error without a code", {
    timeout: 120_000,
  }, async () => {
    const rows = await measureConformance(folder);
    expect(rows.length).toBeGreaterThan(300);
    expect(conformanceMarkdown(rows)).toBe(await readFile(conformancePage, "utf8"));
  });
});
