import { canonicalJson } from "@etalon/base";
import { derivedUid } from "@etalon/dicom";
import type { Result } from "@etalon/measure";

/** What a measurement is of: the whole, a site, or an item. */
export interface Place {
  readonly site?: string | undefined;
  readonly item?: string | undefined;
}

/** What names a place in every object of one result (PS3.16 TID 1500, PS3.3 C.8.20.2.4). */
export interface Tracking {
  readonly identifier: string;
  readonly uid: string;
}

/** The tracking of a place; the UID is a function of the result's digest, the same in the report and the segmentation. */
export function trackingOf({ digest }: Pick<Result, "digest">, { site, item }: Place): Tracking {
  return {
    identifier: item ?? site ?? "Total",
    uid: derivedUid(canonicalJson(["etalon", "tracking", digest, site ?? null, item ?? null])),
  };
}
