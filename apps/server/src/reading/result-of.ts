import { EtalonError } from "@etalon/base";
import { parseResult, type Result } from "@etalon/measure";
import type { Database } from "./reading-place.ts";

/** A result of a site by its digest. @throws {EtalonError} `result-not-found` */
export async function resultOf(
  database: Database,
  { siteId, digest }: { readonly siteId: number; readonly digest: string },
): Promise<Result> {
  const row = await database
    .selectFrom("result")
    .select("document")
    .where("site_id", "=", siteId)
    .where("digest", "=", Buffer.from(digest, "hex"))
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("result-not-found", { field: digest });
  return parseResult(JSON.parse(row.document));
}
