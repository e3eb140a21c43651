import { readFileSync } from "node:fs";
import { errorTable } from "@etalon/base";
import { expect, test } from "vitest";
import { errorDocument, errorDocumentPath } from "./write-error-docs.ts";

const written = readFileSync(errorDocumentPath, "utf8");

test("every code of the table is in the docs, and every code of the docs in the table", () => {
  const documented = [...written.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
  expect(documented).toEqual(Object.keys(errorTable).sort());
});

test("the docs are what npm run docs writes", () => {
  expect(written).toBe(errorDocument());
});
