import type { Lps } from "../../picture/plane.ts";
import type { Reading } from "../reading-context.ts";
import { excludedCandidates, excludedLabel } from "./assign-lesion.ts";
import { type LesionMap, lpsOfVoxel } from "./lesion-map.ts";

/** A lesion as the list shows it. */
export interface LesionRow {
  readonly candidate: number;
  /** Artery or "excluded"; absent where nobody decided. */
  readonly label: string | undefined;
  readonly score: number;
  readonly volumeMm3: number;
  readonly centreLpsMm: Lps;
}

/** What may be coronary calcium, from the head down: proposed, given to an artery, or left out by the reader. */
export function lesionRows({ draft }: Pick<Reading, "draft">, map: LesionMap): readonly LesionRow[] {
  const excluded = excludedCandidates(draft.regions ?? [], map);
  return map.candidates
    .flatMap(({ status, site, measures }, candidate): LesionRow[] => {
      if (status === "excluded" && !excluded.has(candidate)) return [];
      const slice = Number(measures["largestSlice"]);
      const part = map.partsOfCandidate.get(candidate)?.find((one) => one.slice === slice);
      return [
        {
          candidate,
          label: excluded.has(candidate) ? excludedLabel : site,
          score: Number(measures["agatstonScore"]),
          volumeMm3: Number(measures["countedVolumeMm3"]),
          centreLpsMm: lpsOfVoxel(map.located, slice, part?.centroid ?? [0, 0]),
        },
      ];
    })
    .sort((a, b) => b.centreLpsMm[2] - a.centreLpsMm[2]);
}
