import { EtalonError } from "@etalon/base";
import type { ParametricMap } from "@etalon/measure";
import type { Kysely, Transaction } from "kysely";
import { z } from "zod";
import type { ArchiveDatabase } from "../database/schema.ts";

const vector = z.tuple([z.number(), z.number(), z.number()]);
const numbers = z.array(z.number()).transform((list) => Float64Array.from(list));
const gridSchema = z.object({
  columns: z.number(),
  rows: z.number(),
  slices: z.number(),
  rowSpacingMm: z.number(),
  columnSpacingMm: z.number(),
  rowDirection: vector,
  columnDirection: vector,
  normal: vector,
  sliceOriginsLpsMm: numbers,
  sliceIncrementsMm: numbers,
  sliceThicknessMm: z.number(),
});
const titleSchema = z.object({ en: z.string(), fr: z.string() });

/** A map of a result as the API shows it. */
export const resultMapSchema = z.object({
  id: z.string(),
  title: titleSchema,
  unit: z.string(),
  /** Whether it is a measured quantity; the others say how good it is. */
  isQuantity: z.boolean(),
});

/** Which result of which site. */
export interface NamedResult {
  readonly siteId: number;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

/** A map of a result, with its place among the others, from 1. */
export interface NumberedMap {
  readonly map: ParametricMap;
  readonly number: number;
}

/** Keeps the voxels of a result's maps, once: also of a result that was kept before maps were. */
export async function keepMaps(
  transaction: Transaction<ArchiveDatabase>,
  { siteId, digest }: NamedResult,
  maps: readonly ParametricMap[],
): Promise<void> {
  const kept = await transaction
    .selectFrom("result")
    .select("id")
    .where("site_id", "=", siteId)
    .where("digest", "=", Buffer.from(digest, "hex"))
    .executeTakeFirst();
  // The same question was answered otherwise before, within its tolerance: that answer counts.
  if (kept === undefined) return;
  for (const [position, { id, title, unit, isQuantity, grid, values }] of maps.entries()) {
    await transaction
      .insertInto("result_map")
      .values({
        ...{ result_id: kept.id, position, map: id, unit, is_quantity: isQuantity },
        title: JSON.stringify(title),
        grid: JSON.stringify({
          ...grid,
          sliceOriginsLpsMm: [...grid.sliceOriginsLpsMm],
          sliceIncrementsMm: [...grid.sliceIncrementsMm],
        }),
        voxels: littleEndian(values),
      })
      .onConflict((conflict) => conflict.columns(["result_id", "position"]).doNothing())
      .execute();
  }
}

/** The maps of a result, without their voxels. */
export async function listMaps(
  database: Kysely<ArchiveDatabase>,
  { siteId, digest }: NamedResult,
): Promise<readonly z.output<typeof resultMapSchema>[]> {
  const rows = await database
    .selectFrom("result_map")
    .innerJoin("result", "result.id", "result_map.result_id")
    .select(["map", "title", "unit", "is_quantity"])
    .where("site_id", "=", siteId)
    .where("digest", "=", Buffer.from(digest, "hex"))
    .orderBy("position")
    .execute();
  return rows.map(({ map, title, unit, is_quantity: isQuantity }) => ({
    ...{ id: map, unit, isQuantity },
    title: titleSchema.parse(title),
  }));
}

/** One of the maps of a result. @throws {EtalonError} `result-not-found` */
export async function readMap(
  database: Kysely<ArchiveDatabase>,
  { siteId, digest }: NamedResult,
  id: string,
): Promise<NumberedMap> {
  const row = await database
    .selectFrom("result_map")
    .innerJoin("result", "result.id", "result_map.result_id")
    .select(["position", "title", "unit", "is_quantity", "grid", "voxels"])
    .where("site_id", "=", siteId)
    .where("digest", "=", Buffer.from(digest, "hex"))
    .where("map", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("result-not-found", { field: id });
  const { position, title, unit, is_quantity: isQuantity, grid, voxels } = row;
  const map = { id, unit, isQuantity, title: titleSchema.parse(title), grid: gridSchema.parse(grid) };
  return { map: { ...map, values: floatsOf(voxels) }, number: position + 1 };
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i], true);
  return bytes;
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
