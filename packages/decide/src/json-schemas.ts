import type { JsonValue } from "@etalon/base";
import { z } from "zod";
import { verdictsSchema } from "./engine/verdicts-schema.ts";
import { factsSchema } from "./facts/parse-facts.ts";

/** The published JSON Schemas (draft 2020-12) by file name: what a program may give (`facts`) and expect (`verdicts`). */
export function publishedSchemas(): Readonly<Record<string, JsonValue>> {
  return {
    "etalon.facts.1.schema.json": named("etalon.facts/1", z.toJSONSchema(factsSchema, { io: "input" })),
    "etalon.verdicts.1.schema.json": named("etalon.verdicts/1", z.toJSONSchema(verdictsSchema, { io: "output" })),
  };
}

function named(title: string, schema: unknown): JsonValue {
  const parsed: JsonValue = JSON.parse(JSON.stringify(schema));
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { title, ...parsed } : parsed;
}
