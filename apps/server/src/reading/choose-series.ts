import { EtalonError } from "@etalon/base";
import { type AnyProtocol, isWeighted } from "@etalon/measure";
import { fittingSeries } from "./fitting-series.ts";
import type { ReadingDocument } from "./reading-document.ts";
import type { Database } from "./reading-place.ts";
import { seriesOfRole } from "./series-of-role.ts";

/** The series that a reading measures. */
export interface ChosenSeries {
  /** The one that the analysis is of: it plays the first role. */
  readonly seriesId: number;
  /** Those that the program found for roles without choice, or beside it. */
  readonly series: readonly string[];
}

/**
 * The series of a reading's roles: the reader's choices, else the one that was measured on arrival, else the best that fits by
 * its headers. An input of several images that are weighted differently is found among all series that fit, as measuring
 * finds it in their images. A protocol of numbers alone is of the study's first series, and reads none.
 *
 * @throws {EtalonError} `series-not-found` where a role that must be played has no series
 */
export async function chooseSeries(
  database: Database,
  studyId: number,
  { protocol, document }: { readonly protocol: AnyProtocol; readonly document: ReadingDocument },
): Promise<ChosenSeries> {
  const roles = Object.entries(protocol.roles).flatMap(([id, role]) => (role.kind === "series" ? [{ id, role }] : []));
  const chosen = roles.flatMap(({ id }) => document.roles[id] ?? []).map(seriesOfRole);
  const open = roles.filter(({ id, role }) => document.roles[id] === undefined && role.isOptional !== true);
  const weighted = roles.filter(({ role }) => isWeighted(role) && role.isOptional !== true);
  if (roles.length === 1 && open.length === 1 && weighted.length === 0) {
    const measured = await measuredOnArrival(database, studyId, protocol);
    if (measured !== undefined) return { seriesId: measured, series: [] };
  }
  const found: string[] = [];
  if (open.length > 0 || weighted.length > 0) {
    const fitting = (await fittingSeries(database, studyId, [protocol])).get(protocol);
    for (const { id } of open) {
      const [best] = fitting?.get(id) ?? [];
      if (best === undefined) throw new EtalonError("series-not-found", { field: id });
      if (!found.includes(best.seriesInstanceUid)) found.push(best.seriesInstanceUid);
    }
    for (const { id } of weighted) {
      const all = fitting?.get(id) ?? [];
      const own = all.find(({ seriesInstanceUid }) => seriesInstanceUid === seriesOfRole(document.roles[id] ?? ""));
      if (own?.isWhole === true) continue;
      const others = all.map(({ seriesInstanceUid }) => seriesInstanceUid);
      found.push(...others.filter((uid) => !found.includes(uid) && !chosen.includes(uid)));
    }
  }
  const [first] = [...chosen, ...found];
  if (first === undefined && roles.length > 0) throw new EtalonError("series-not-found", { field: protocol.id });
  const row = await database
    .selectFrom("series")
    .select("id")
    .where("study_id", "=", studyId)
    .$if(first !== undefined, (query) => query.where("series_instance_uid", "=", first ?? ""))
    .orderBy("instance_count")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("series-not-found", { field: first ?? protocol.id });
  return { seriesId: row.id, series: found };
}

async function measuredOnArrival(
  database: Database,
  studyId: number,
  protocol: AnyProtocol,
): Promise<number | undefined> {
  const row = await database
    .selectFrom("analysis")
    .innerJoin("series", "series.id", "analysis.series_id")
    .select("series.id")
    .where("series.study_id", "=", studyId)
    .where("protocol", "=", protocol.id)
    .where("state", "=", "done")
    .orderBy("analysis.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
