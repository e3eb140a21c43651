import { type RegionStatistics, statisticsOf, voxelsOf } from "../../mapping/region-statistics.ts";
import type { FirstPass } from "../../perfusion/first-pass.ts";
import type { Structure } from "../../structure.ts";
import { type CoronaryTerritory, coronaryTerritories, territoryOf } from "../coronary-territory.ts";
import { wallHalves } from "../wall-halves.ts";
import type { FlowMap } from "./flow-map.ts";

/** Where flow is low: what tells one artery's territory from the whole ventricle. Flows in mL/min/g. */
export interface FlowPattern {
  /** Median of the drawn myocardium. */
  readonly global: number;
  /** Median of each territory whose segments are known; empty without the insertion of the right ventricle. */
  readonly territories: readonly { readonly territory: CoronaryTerritory; readonly median: number }[];
  /** Segments with a flow, those below the cut-off, and the most of these in one territory. */
  readonly segments: number;
  readonly reduced: number;
  readonly reducedInOneTerritory: number;
  /** Median of the inner half of the wall over that of the outer; `null` where the wall is too thin to have two. */
  readonly endocardialRatio: number | null;
}

/**
 * The pattern of one state's flow; `null` where no myocardium is drawn, or none of it has a flow.
 *
 * @param reducedBelow flow below which a segment counts as reduced, mL/min/g
 */
export function flowPattern(
  { pass, map }: { readonly pass: FirstPass; readonly map: FlowMap },
  reducedBelow: number,
  structures: readonly Structure[],
): FlowPattern | null {
  const myocardium = pass.regions.find(({ site }) => site === "lv-myocardium");
  const whole = myocardium === undefined ? null : statisticsOf(map, myocardium.voxels);
  if (myocardium === undefined || whole === null) return null;
  const segments = pass.regions.flatMap(({ site, voxels }) => {
    const number = /^AHA-(\d+)$/.exec(site)?.[1];
    return number === undefined ? [] : [{ territory: territoryOf(Number(number)), voxels }];
  });
  const flows = segments.flatMap(({ territory, voxels }) => {
    const statistics = statisticsOf(map, voxels);
    return statistics === null ? [] : [{ territory, median: statistics.median }];
  });
  const reduced = flows.filter(({ median }) => median < reducedBelow);
  const ofTerritory = (own: CoronaryTerritory): RegionStatistics | null =>
    statisticsOf(
      map,
      segments.filter(({ territory }) => territory === own).flatMap(({ voxels }) => [...voxels]),
    );
  return {
    global: whole.median,
    territories: coronaryTerritories.flatMap((territory) => {
      const median = ofTerritory(territory)?.median;
      return median === undefined ? [] : [{ territory, median }];
    }),
    segments: flows.length,
    reduced: reduced.length,
    reducedInOneTerritory: Math.max(
      ...coronaryTerritories.map((own) => reduced.filter(({ territory }) => territory === own).length),
    ),
    endocardialRatio: endocardialRatio({ pass, map }, myocardium.voxels, structures),
  };
}

function endocardialRatio(
  { pass, map }: { readonly pass: FirstPass; readonly map: FlowMap },
  voxels: Int32Array,
  structures: readonly Structure[],
): number | null {
  const { volume } = pass.images;
  const bloodPool = new Uint8Array(volume.values.length);
  for (const voxel of voxelsOf(structures, `${pass.state}-images`, ["lv-blood-pool"])) bloodPool[voxel] = 1;
  const halves = wallHalves(volume, { voxels, bloodPool });
  const inner = halves === null ? null : statisticsOf(map, halves.inner);
  const outer = halves === null ? null : statisticsOf(map, halves.outer);
  return inner === null || outer === null || !(outer.median > 0) ? null : inner.median / outer.median;
}
