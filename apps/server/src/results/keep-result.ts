import type { ParametricMap, Result } from "@etalon/measure";
import { sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { resultIdentity } from "./result-identity.ts";
import { keepMaps } from "./result-maps.ts";

/** The analysis that a result answers. */
export interface AnsweredAnalysis {
  readonly id: number;
  readonly siteId: number;
  readonly seriesId: number;
  /** 64 hexadecimal digits. */
  readonly variant: string;
}

/** First number of the advisory locks on series whose results are being kept: "etre" in ASCII. */
const keepingLock = 0x65747265;

/** Rows of outputs written at once. */
const outputBatch = 1000;

/**
 * Keeps a result with its numbers and maps, once, and lets it take the place of older ones of the same series and question: the
 * answer to what was asked last counts, in whichever order answers come.
 */
export async function keepResult(
  transaction: Transaction<ArchiveDatabase>,
  analysis: AnsweredAnalysis,
  { result, maps }: { readonly result: Result; readonly maps: readonly ParametricMap[] },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${keepingLock}::integer, ${analysis.seriesId}::integer)`.execute(transaction);
  const inserted = await transaction
    .insertInto("result")
    .values({
      site_id: analysis.siteId,
      series_id: analysis.seriesId,
      digest: Buffer.from(result.digest, "hex"),
      identity: Buffer.from(resultIdentity(result), "hex"),
      variant: Buffer.from(analysis.variant, "hex"),
      protocol: result.protocol.id,
      protocol_version: result.protocol.version,
      is_provisional: result.provisional,
      document: JSON.stringify(result),
    })
    .onConflict((conflict) => conflict.columns(["site_id", "identity"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (inserted !== undefined) await insertOutputs(transaction, { resultId: inserted.id, analysis, result });
  if (maps.length > 0) await keepMaps(transaction, { siteId: analysis.siteId, digest: result.digest }, maps);
  await supersede(transaction, analysis, result);
}

async function insertOutputs(
  transaction: Transaction<ArchiveDatabase>,
  {
    resultId,
    analysis,
    result,
  }: { readonly resultId: number; readonly analysis: AnsweredAnalysis; readonly result: Result },
): Promise<void> {
  const rows = result.outputs.map(({ id, value, unit, code, site, item }, position) => ({
    result_id: resultId,
    position,
    site_id: analysis.siteId,
    protocol: result.protocol.id,
    output: id,
    value,
    unit,
    code_value: code.value,
    code_scheme: code.scheme,
    code_meaning: code.meaning,
    region: site ?? null,
    item: item ?? null,
  }));
  for (let start = 0; start < rows.length; start += outputBatch) {
    await transaction
      .insertInto("result_output")
      .values(rows.slice(start, start + outputBatch))
      .execute();
  }
}

async function supersede(
  transaction: Transaction<ArchiveDatabase>,
  { id, seriesId, variant }: AnsweredAnalysis,
  result: Result,
): Promise<void> {
  const newest = await transaction
    .selectFrom("analysis")
    .select("result_digest")
    .where("series_id", "=", seriesId)
    .where("protocol", "=", result.protocol.id)
    .where("variant", "=", Buffer.from(variant, "hex"))
    .where("state", "=", "done")
    .where("id", ">", id)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  const digest = newest?.result_digest ?? Buffer.from(result.digest, "hex");
  await markSuperseded(transaction, {
    seriesId,
    protocol: result.protocol.id,
    variant: Buffer.from(variant, "hex"),
    digest,
  });
}

/** Of the results of one series and question the one that counts. */
async function markSuperseded(
  transaction: Transaction<ArchiveDatabase>,
  {
    seriesId,
    protocol,
    variant,
    digest,
  }: { readonly seriesId: number; readonly protocol: string; readonly variant: Buffer; readonly digest: Buffer },
): Promise<void> {
  await sql`
    with changed as (
      update result set is_superseded = (digest <> ${digest})
      where series_id = ${seriesId} and protocol = ${protocol} and variant = ${variant}
        and is_superseded <> (digest <> ${digest})
      returning id, is_superseded)
    update result_output set is_superseded = changed.is_superseded from changed where result_id = changed.id`.execute(
    transaction,
  );
}

/** Lets the result that an analysis gave earlier count again, in place of those of its question that came after it. */
export async function preferResult(transaction: Transaction<ArchiveDatabase>, analysisId: number): Promise<void> {
  const row = await transaction
    .selectFrom("analysis")
    .select(["series_id", "protocol", "variant", "result_digest"])
    .where("id", "=", analysisId)
    .where("state", "=", "done")
    .executeTakeFirst();
  if (row?.result_digest === undefined || row.result_digest === null) return;
  const { series_id: seriesId, protocol, variant, result_digest: digest } = row;
  await markSuperseded(transaction, { seriesId, protocol, variant, digest });
}
