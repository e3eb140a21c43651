import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { catalog } from "./catalog.ts";
import { decide } from "./engine/decide.ts";
import { parseFacts } from "./facts/parse-facts.ts";
import { publishedSchemas } from "./json-schemas.ts";

const samples = join(import.meta.dirname, "samples");
const ajv = new Ajv2020({ strict: false });
const validatorOf = (kind: "facts" | "verdicts") =>
  ajv.compile(publishedSchemas()[`etalon.${kind}.1.schema.json`] as object);
const readSample = (name: string): unknown => JSON.parse(readFileSync(join(samples, name), "utf8"));
const factSamples = readdirSync(samples).filter((name) => name.endsWith(".facts.1.json"));

describe("frozen samples", () => {
  it("of facts are still read, and pass the published schema", () => {
    expect(factSamples.length).toBeGreaterThan(0);
    const validate = validatorOf("facts");
    for (const name of factSamples) {
      expect(validate(readSample(name)), JSON.stringify(validate.errors)).toBe(true);
      expect(parseFacts(readSample(name)).size).toBeGreaterThan(0);
    }
  });

  it("of verdicts pass the published schema", () => {
    const names = readdirSync(samples).filter((name) => name.endsWith(".verdicts.1.json"));
    expect(names.length).toBeGreaterThan(0);
    const validate = validatorOf("verdicts");
    for (const name of names) expect(validate(readSample(name)), JSON.stringify(validate.errors)).toBe(true);
  });
});

it("what every pack says of the samples passes the published schema", () => {
  const validate = validatorOf("verdicts");
  for (const name of factSamples) {
    const verdicts: unknown = JSON.parse(JSON.stringify(decide(catalog, parseFacts(readSample(name)))));
    expect(validate(verdicts), JSON.stringify(validate.errors)).toBe(true);
  }
});

it("refuses what is not in the schema", () => {
  expect(validatorOf("facts")({ schema: "etalon.facts/1", facts: [{ id: "age" }] })).toBe(false);
  expect(
    validatorOf("verdicts")({ schema: "etalon.verdicts/1", packs: [], facts: [], verdicts: [{}], digest: "" }),
  ).toBe(false);
});
