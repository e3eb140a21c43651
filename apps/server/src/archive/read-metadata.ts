import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { JsonValue } from "@etalon/base";
import { type DataSet, fromDicomJson } from "@etalon/dicom";
import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { AccessScope } from "./access-scope.ts";
import type { InstanceSelector } from "./archive.ts";
import { selectInstances } from "./find-instances.ts";

const expand = promisify(gunzip);

/** See `Archive.metadata`: in the order of `Archive.instances`. */
export async function readMetadata(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  selector: InstanceSelector,
): Promise<readonly DataSet[]> {
  const rows = await selectInstances(database, scope, selector)
    .select("instance.metadata")
    .orderBy("series.series_number")
    .orderBy("series.id")
    .orderBy("instance.instance_number")
    .orderBy("instance.id")
    .execute();
  return Promise.all(
    rows.map(async ({ metadata }) => {
      // What was written by JSON.stringify at ingest.
      const json = JSON.parse((await expand(metadata)).toString("utf8")) as JsonValue;
      return fromDicomJson(json);
    }),
  );
}
