import type { JsonValue } from "@etalon/base";
import { z } from "zod";
import { marksSchemaOfVersion1, marksSchemaOfVersion2, marksSchemaOfVersion3 } from "./marks.ts";
import { resultSchema } from "./result.ts";
import { comparisonSchema } from "./serial-compare/comparison-schema.ts";

/**
 * The published JSON Schemas (draft 2020-12) by file name: what a program must write (`marks`) and may expect (`result`,
 * `comparison`).
 * Defaults are those that reading fills in.
 */
export function publishedSchemas(): Readonly<Record<string, JsonValue>> {
  return {
    "etalon.comparison.1.schema.json": named("etalon.comparison/1", z.toJSONSchema(comparisonSchema, { io: "output" })),
    "etalon.marks.1.schema.json": named("etalon.marks/1", z.toJSONSchema(marksSchemaOfVersion1, { io: "input" })),
    "etalon.marks.2.schema.json": named("etalon.marks/2", z.toJSONSchema(marksSchemaOfVersion2, { io: "input" })),
    "etalon.marks.3.schema.json": named("etalon.marks/3", z.toJSONSchema(marksSchemaOfVersion3, { io: "input" })),
    "etalon.result.1.schema.json": named("etalon.result/1", z.toJSONSchema(resultSchema, { io: "output" })),
  };
}

function named(title: string, schema: unknown): JsonValue {
  const parsed: JsonValue = JSON.parse(JSON.stringify(schema));
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { title, ...parsed } : parsed;
}
