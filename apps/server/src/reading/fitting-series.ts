import { setImmediate as turn } from "node:timers/promises";
import { type AnyProtocol, catalog, holdsWeightings, isWeighted } from "@etalon/measure";
import { ledgerOfIndexed } from "../analyses/fitting-protocols.ts";
import { readIndexedInstances } from "../analyses/match-series.ts";
import type { Database } from "./reading-place.ts";

/** A series that fits a role, and its rank among others that do: higher is better. */
export interface FittingSeries {
  readonly seriesInstanceUid: string;
  readonly rank: number;
  /** Whether a stack of it is the input by itself: of an input that is several images weighted differently, holds them all. */
  readonly isWhole: boolean;
}

/** Series by protocol and role, the best first; roles that nothing fits are absent. */
export type FittingRoles = ReadonlyMap<AnyProtocol, ReadonlyMap<string, readonly FittingSeries[]>>;

/** Modalities whose objects are no images that a protocol measures. */
const withoutImages: ReadonlySet<string> = new Set(["SR", "SEG", "DOC", "OT", "PR", "KO", "RTSTRUCT", "RTPLAN"]);

/** Which series of a study fit which roles of which protocols, by their headers in the index: no pixel is read. */
export async function fittingSeries(
  database: Database,
  studyId: number,
  protocols: readonly AnyProtocol[] = catalog,
): Promise<FittingRoles> {
  const rows = await database
    .selectFrom("series")
    .select(["id", "series_instance_uid", "modality"])
    .where("study_id", "=", studyId)
    .orderBy("series_number")
    .orderBy("id")
    .execute();
  const found = new Map<AnyProtocol, Map<string, FittingSeries[]>>();
  for (const { id, series_instance_uid: seriesInstanceUid, modality } of rows) {
    if (withoutImages.has(modality ?? "")) continue;
    const { stacks } = ledgerOfIndexed(await readIndexedInstances(database, id));
    for (const protocol of protocols) {
      for (const [role, declared] of Object.entries(protocol.roles)) {
        if (declared.kind !== "series") continue;
        const ranks = stacks.flatMap((stack) => {
          const match = declared.match(stack);
          return match.fits ? [match.rank] : [];
        });
        if (ranks.length === 0) continue;
        const isWhole =
          !isWeighted(declared) ||
          stacks.some((stack) => declared.match(stack).fits && holdsWeightings(stack, declared));
        const ofProtocol = found.get(protocol) ?? new Map<string, FittingSeries[]>();
        const ofRole = [...(ofProtocol.get(role) ?? []), { seriesInstanceUid, rank: Math.max(...ranks), isWhole }];
        found.set(protocol, ofProtocol.set(role, ofRole));
      }
    }
    // A study of many series must not keep other requests waiting.
    await turn();
  }
  for (const ofProtocol of found.values()) {
    for (const ofRole of ofProtocol.values()) ofRole.sort((one, other) => other.rank - one.rank);
  }
  return found;
}
