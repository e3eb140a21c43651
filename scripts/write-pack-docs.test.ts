import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packDocsFolder, packPages } from "./write-pack-docs.ts";

it("docs/rules holds the catalogue's own pages, and no other (else: npm run docs)", () => {
  const pages = packPages();
  expect(readdirSync(packDocsFolder).toSorted()).toEqual(Object.keys(pages).toSorted());
  for (const [name, page] of Object.entries(pages)) expect(readFileSync(join(packDocsFolder, name), "utf8")).toBe(page);
});
