import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsDocument, settingsDocumentPath } from "./write-settings-docs.ts";

test("the settings are what npm run docs writes", () => {
  expect(readFileSync(settingsDocumentPath, "utf8")).toBe(settingsDocument());
});
