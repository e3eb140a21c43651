import { EtalonError } from "@etalon/base";
import type { AnyProtocol } from "@etalon/measure";
import { fittingSeries } from "./fitting-series.ts";
import type { ReadingDocument } from "./reading-document.ts";
import type { Database } from "./reading-place.ts";
import { seriesOfRole } from "./series-of-role.ts";

/** The series that a reading measures. */
export interface ChosenSeries {
  /** The one that the analysis is of: it plays the first role. */
  readonly seriesId: number;
  /** Series by role, as the reader chose, or the one that the program found for a role without choice. */
  readonly roles: Readonly<Record<string, string>>;
}

/**
 * The series of a reading's roles: the reader's choices, else the one that was measured on arrival, else the best that fits by
 * its headers.
 *
 * @throws {EtalonError} `series-not-found` where a role that must be played has no series
 */
export async function chooseSeries(
  database: Database,
  studyId: number,
  { protocol, document }: { readonly protocol: AnyProtocol; readonly document: ReadingDocument },
): Promise<ChosenSeries> {
  const series = Object.entries(protocol.roles).filter(([, { kind }]) => kind === "series");
  const needed = series.filter(([, role]) => !("isOptional" in role && role.isOptional === true)).map(([id]) => id);
  const roles: Record<string, string> = { ...document.roles };
  const open = needed.filter((id) => roles[id] === undefined);
  const measured =
    open.length === 1 && series.length === 1 ? await measuredOnArrival(database, studyId, protocol) : undefined;
  if (measured !== undefined) return { seriesId: measured, roles };
  if (open.length > 0) {
    const fitting = (await fittingSeries(database, studyId, [protocol])).get(protocol);
    for (const id of open) {
      const [best] = fitting?.get(id) ?? [];
      if (best === undefined) throw new EtalonError("series-not-found", { field: id });
      roles[id] = best.seriesInstanceUid;
    }
  }
  const [first] = series.map(([id]) => roles[id]).filter((uid) => uid !== undefined);
  if (first === undefined) throw new EtalonError("series-not-found", { field: protocol.id });
  const row = await database
    .selectFrom("series")
    .select("id")
    .where("study_id", "=", studyId)
    .where("series_instance_uid", "=", seriesOfRole(first))
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("series-not-found", { field: first });
  return { seriesId: row.id, roles };
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
