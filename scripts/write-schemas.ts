/** Writes the published JSON Schemas to docs/schemas; a test compares them with the code. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedSchemas } from "@etalon/measure";

for (const [name, schema] of Object.entries(publishedSchemas())) {
  writeFileSync(join(import.meta.dirname, "../docs/schemas", name), `${JSON.stringify(schema, null, 2)}\n`);
}
