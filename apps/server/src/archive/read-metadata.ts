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
      "instance.data_set_sha256",
      "instance.metadata",
    ])
    .orderBy("series.series_number")
    .orderBy("series.id")
    .orderBy("instance.instance_number")
    .orderBy("instance.id")
    .execute();
  for (let start = 0; start < rows.length; ) {
    const batch = batchFrom(rows, start);
    start += batch.length;
    const texts = await expanded(batch.map(({ metadata }) => metadata));
    for (const [index, row] of batch.entries()) {
      yield {
        studyInstanceUid: row.study_instance_uid,
        seriesInstanceUid: row.series_instance_uid,
        sopInstanceUid: row.sop_instance_uid,
        dataSetSha256: row.data_set_sha256.toString("hex"),
        json: texts[index] ?? "",
      };
    }
  }
}

/** Compressed bytes that are expanded together. */
const batchBytes = 64 * 1024;

function batchFrom<Row extends { readonly metadata: Buffer }>(rows: readonly Row[], start: number): readonly Row[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    if (index < start) return false;
    bytes += row.metadata.length;
    return bytes > batchBytes && index > start;
  });
  return rows.slice(start, end < 0 ? rows.length : end);
}

/**
 * Texts of gzip members, expanded as one stream: starting over for each costs more than the expanding. Where each ends says
 * its own trailer (RFC 1952 section 2.3.1, ISIZE).
 */
async function expanded(members: readonly Buffer[]): Promise<readonly string[]> {
  const joined = Buffer.concat(members);
  const all = joined.length <= smallBytes ? gunzipSync(joined) : await expandElsewhere(joined);
  let end = 0;
  return members.map((member) => {
    const start = end;
    end += member.readUInt32LE(member.length - 4);
    return all.toString("utf8", start, end);
  });
}
