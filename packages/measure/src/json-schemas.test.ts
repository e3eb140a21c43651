import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { publishedSchemas } from "./json-schemas.ts";
import { parseMarks } from "./marks.ts";
import { parseResult } from "./result.ts";

const samples = join(import.meta.dirname, "samples");
const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), "utf8"));

describe("frozen samples", () => {
  const ajv = new Ajv2020({ strict: false });
  const kinds = [
    { kind: "marks.1", schema: "etalon.marks.1.schema.json", read: (value: unknown): unknown => parseMarks(value) },
    { kind: "marks.2", schema: "etalon.marks.2.schema.json", read: (value: unknown): unknown => parseMarks(value) },
    { kind: "marks.3", schema: "etalon.marks.3.schema.json", read: (value: unknown): unknown => parseMarks(value) },
    { kind: "result.1", schema: "etalon.result.1.schema.json", read: (value: unknown): unknown => parseResult(value) },
  ];

  it.each(kinds)("of $kind are still read, and pass the published schema", ({ kind, schema, read }) => {
    const validate = ajv.compile(publishedSchemas()[schema] as object);
    const files = readdirSync(samples).filter((name) => name.endsWith(`.${kind}.json`));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const sample = readJson(samples, file);
      expect(validate(sample), JSON.stringify(validate.errors)).toBe(true);
      expect(read(sample)).toBeDefined();
    }
  });

  it("refuse what is not in the schema", () => {
    const validate = ajv.compile(publishedSchemas()["etalon.marks.1.schema.json"] as object);
    const broken = { schema: "etalon.marks/1", regions: [{ id: "r1", label: "LAD", shape: { kind: "cone" } }] };
    expect(validate(broken)).toBe(false);
    expect(() => parseMarks(broken)).toThrow(expect.objectContaining({ code: "schema-mismatch" }));
  });
});
