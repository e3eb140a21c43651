/** Writes the fixture of the newest migration: `node apps/server/src/testing/write-state-dump.ts <name of the migration>`. */
import { writeFile } from "node:fs/promises";
import { dumpState } from "./dump-state.ts";

const [name] = process.argv.slice(2);
if (name === undefined) throw new Error("which migration?");
await writeFile(new URL(`../database/fixtures/${name}.sql`, import.meta.url), await dumpState());
