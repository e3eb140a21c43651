import { readFileSync } from "node:fs";
import { describeWithSharedData } from "@etalon/testing";
import { expect, it } from "vitest";
import { otherExamples, workedExamples } from "./worked-examples.ts";
import { workedExamplesMarkdown, workedExamplesPage } from "./write-worked-examples.ts";

describeWithSharedData("the reference collection's examples", "../reference", () => {
  const rows = workedExamples();

  it("are many", () => {
    expect(rows.length).toBeGreaterThan(70);
  });

  it.each(rows.map((row) => [row.id, row.quantity, row] as const))("%s %s", (_id, _quantity, row) => {
    expect(row).toMatchObject({ isWithin: true });
  });

  it("stand in docs/worked-examples.md as computed (else: npm run docs:examples)", () => {
    expect(readFileSync(workedExamplesPage, "utf8")).toBe(workedExamplesMarkdown(rows, otherExamples()));
  });
});
