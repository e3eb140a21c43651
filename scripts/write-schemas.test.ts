import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { allSchemas, schemasFolder } from "./write-schemas.ts";

it("docs/schemas holds what the code publishes, and nothing else (else: node scripts/write-schemas.ts)", () => {
  expect(readdirSync(schemasFolder).toSorted()).toEqual(Object.keys(allSchemas()).toSorted());
  for (const [name, schema] of Object.entries(allSchemas())) {
    expect(JSON.parse(readFileSync(join(schemasFolder, name), "utf8"))).toEqual(schema);
  }
});
