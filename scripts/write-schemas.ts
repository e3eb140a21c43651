/** Writes the published JSON Schemas to docs/schemas; a test compares them with the code. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "@etalon/base";
import { publishedSchemas as decideSchemas } from "@etalon/decide";
import { publishedSchemas as measureSchemas } from "@etalon/measure";

/** Folder of the published schemas. */
export const schemasFolder: string = join(import.meta.dirname, "../docs/schemas");

/** Every published schema by file name. */
export function allSchemas(): Readonly<Record<string, JsonValue>> {
  return { ...measureSchemas(), ...decideSchemas() };
}

if (import.meta.main) {
  for (const [name, schema] of Object.entries(allSchemas())) {
    writeFileSync(join(schemasFolder, name), `${JSON.stringify(schema, null, 2)}\n`);
  }
}
