import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import type { JsonValue } from "@etalon/base";
import { type DataSet, fromDicomJson } from "@etalon/dicom";
import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { AccessScope } from "./access-scope.ts";
import type { InstanceSelector, MetadataText } from "./archive.ts";
import { selectInstances } from "./find-instances.ts";

const expandElsewhere = promisify(gunzip);

/** Bytes that are expanded at once: handing them to another thread takes longer. */
const smallBytes = 32 * 1024;

/** See `Archive.metadata`: in the order of `Archive.instances`. */
export async function readMetadata(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  selector: InstanceSelector,
): Promise<readonly DataSet[]> {
  const dataSets: DataSet[] = [];
  for await (const { json } of readMetadataTexts(database, scope, selector)) {
    // What was written by JSON.stringify at ingest.
    dataSets.push(fromDicomJson(JSON.parse(json) as JsonValue));
  }
  return dataSets;
}

/** See `Archive.metadataTexts`: in the order of `Archive.instances`. */
export async function* readMetadataTexts(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  selector: InstanceSelector,
): AsyncGenerator<MetadataText, void, void> {
  const rows = await selectInstances(database, scope, selector)
    .select([
      "study.study_instance_uid",
      "series.series_instance_uid",
      "instance.sop_instance_uid",
      "instance.metadata",
    ])
    .orderBy("series.series_number")
    .orderBy("series.id")
    .orderBy("instance.instance_number")
    .orderBy("instance.id")
    .execute();
  for (const row of rows) {
    const { metadata } = row;
    const json = metadata.length <= smallBytes ? gunzipSync(metadata) : await expandElsewhere(metadata);
    yield {
      studyInstanceUid: row.study_instance_uid,
      seriesInstanceUid: row.series_instance_uid,
      sopInstanceUid: row.sop_instance_uid,
      json: json.toString("utf8"),
    };
  }
}
