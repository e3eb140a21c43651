import { catalog, type Result, type SeriesInput } from "@etalon/measure";
import type { SiteScore } from "./site-score.ts";
import type { SphereMark } from "./sphere-marks.ts";

/** The pure function of `coronary/calcium-score` with its declared defaults. */
export function measureWithProtocol(series: SeriesInput, spheres: readonly SphereMark[]): SiteScore[] {
  const protocol = catalog.find(({ id }) => id === "coronary/calcium-score");
  if (protocol === undefined) throw new Error("no coronary/calcium-score in the catalogue");
  const parameters = Object.fromEntries(Object.entries(protocol.parameters).map(([id, each]) => [id, each.default]));
  const { outputs } = protocol.measure({
    roles: { "calcium-ct": series },
    // The catalogue lists protocols without their parameters' types; these are the declared defaults themselves.
    parameters: parameters as never,
    regions: spheres.map(({ label, centerLpsMm: [cx, cy, cz], radiusMm: r }, index) => ({
      id: `${label}-${index}`,
      label,
      mode: "assign",
      minLpsMm: [cx - r, cy - r, cz - r],
      maxLpsMm: [cx + r, cy + r, cz + r],
      holds: ([x, y, z]) => (x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz) <= r * r,
    })),
  });
  return sitesOfOutputs(outputs);
}

/** What is read of an output, be it a measurement's own or a result's. */
type SummedOutput = Readonly<Pick<Result["outputs"][number], "id" | "value" | "site" | "item">>;

/** The sums by artery of a result's outputs. */
export function sitesOfOutputs(outputs: readonly SummedOutput[]): SiteScore[] {
  const labels = new Set(outputs.flatMap(({ site }) => site ?? []));
  return [...labels].map((label) => {
    const sumOf = (id: string): number =>
      outputs.find((output) => output.id === id && output.site === label && output.item === undefined)?.value ?? 0;
    const volumeMm3 = sumOf("volume-score");
    return {
      label,
      agatston: sumOf("agatston-score"),
      volumeMm3,
      densityVolume: sumOf("mean-density") * volumeMm3,
      lesions: sumOf("lesion-count"),
    };
  });
}
