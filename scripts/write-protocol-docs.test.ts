import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { protocolDocsFolder, protocolPages } from "./write-protocol-docs.ts";

it("keeps docs/protocols as the catalogue has it (else: npm run docs)", () => {
  const pages = protocolPages();
  const files = readdirSync(protocolDocsFolder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".md"),
  );
  expect(files.map((name) => name.replaceAll("\\", "/")).sort()).toEqual(Object.keys(pages).sort());
  for (const [name, page] of Object.entries(pages))
    expect(readFileSync(resolve(protocolDocsFolder, name), "utf8")).toBe(page);
});
