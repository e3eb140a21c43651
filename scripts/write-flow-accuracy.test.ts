import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { flowAccuracyMarkdown, flowAccuracyPage } from "./write-flow-accuracy.ts";

it("docs/flow-accuracy.md is what the fit finds today", () => {
  expect(readFileSync(flowAccuracyPage, "utf8")).toBe(flowAccuracyMarkdown());
});
