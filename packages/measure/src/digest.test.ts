import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf } from "./digest.ts";
import { parseResult, type Result } from "./result.ts";

const sample = join(import.meta.dirname, "samples/doppler-resistive-index.result.1.json");
const result: Result = parseResult(JSON.parse(readFileSync(sample, "utf8")));
const sha256 = "0".repeat(64);
const stored = { id: "x", unit: "1", sha256 };

describe("the digest of a result", () => {
  it.each([
    ["protocol", { protocol: { ...result.protocol, version: "99.0.0" } }],
    ["outputs", { outputs: [] }],
    ["provisional", { provisional: !result.provisional }],
    ["quality", { quality: [{ code: "x", severity: "info", details: {} }] }],
    ["candidates", { candidates: [{ id: "c1", status: "candidate", measures: {} }] }],
    ["maps", { maps: [stored] }],
    ["curves", { curves: [stored] }],
    [
      "sensitivity",
      { sensitivity: [{ parameter: "a", choice: "b", output: "c", value: 1, category: "d", changesCategory: false }] },
    ],
    [
      "inputs",
      { recipe: { ...result.recipe, inputs: [{ kind: "dicom", role: "r", dataSetSha256: sha256, uid: "1" }] } },
    ],
    ["numbers", { recipe: { ...result.recipe, numbers: [] } }],
    ["choices", { recipe: { ...result.recipe, choices: [{ uid: "1", dataSetSha256: sha256 }] } }],
    ["marks", { recipe: { ...result.recipe, marks: { schema: "etalon.marks/1", regions: [] } } }],
    ["parameters", { recipe: { ...result.recipe, parameters: [{ id: "p", value: 1, source: "default" }] } }],
  ] satisfies [string, Partial<Result>][])("covers its %s", (_, change) => {
    expect(digestOf({ ...result, ...change })).not.toBe(digestOf(result));
  });

  it.each([
    ["build", { build: { etalon: "another", engine: "another" } }],
    ["ledger", { ledger: { received: 99 } }],
    ["stack names", { recipe: { ...result.recipe, roles: [{ role: "r", stackId: "1/2", chosenBy: "user" }] } }],
    ["hashes of parts", { recipe: { ...result.recipe, hashes: {} } }],
    ["own value", { digest: sha256 }],
  ] satisfies [string, Partial<Result>][])("leaves out its %s", (_, change) => {
    expect(digestOf({ ...result, ...change })).toBe(digestOf(result));
  });
});
