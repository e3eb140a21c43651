import type { Output, OutputDeclaration } from "../protocol.ts";
import type { FittedVoxels } from "./fit-map.ts";
import type { MapRegion } from "./map-regions.ts";
import { statisticsOf } from "./region-statistics.ts";

const ours = (value: string, meaning: string) => ({ value, scheme: "99ETALON", meaning }) as const;

/** The outputs that every map of a time constant has: "t1-mean", "t1-median", "t1-sd", "fitted-percent". */
export function timeOutputs(id: string, name: string): Readonly<Record<string, OutputDeclaration>> {
  return {
    [`${id}-mean`]: {
      title: { en: `${name}, mean`, fr: `${name}, moyenne` },
      code: ours(`${id}-mean`, `${name}, mean over a region`),
      unit: "ms",
    },
    [`${id}-median`]: {
      title: { en: `${name}, median`, fr: `${name}, médiane` },
      code: ours(`${id}-median`, `${name}, median over a region`),
      unit: "ms",
    },
    [`${id}-sd`]: {
      title: { en: `${name}, standard deviation`, fr: `${name}, écart-type` },
      code: ours(`${id}-sd`, `${name}, standard deviation over a region`),
      unit: "ms",
    },
    "fitted-percent": {
      title: { en: "Voxels with a value", fr: "Voxels ayant une valeur" },
      code: ours("fitted-percent", "Share of the voxels that have a value"),
      unit: "%",
    },
  };
}

/** Statistics of each region; of the whole map its median where no region is drawn. Regions without a value have none. */
export function regionOutputs(
  declared: Readonly<Record<string, OutputDeclaration>>,
  id: string,
  { fitted, regions }: { readonly fitted: FittedVoxels; readonly regions: readonly MapRegion[] },
): Output[] {
  const output = (name: string, value: number, site?: string): Output => {
    const { unit, code } = declared[name];
    return { id: name, value, unit, code, ...(site === undefined ? {} : { site }) };
  };
  const all = Int32Array.from(fitted.reasons.keys());
  const whole = statisticsOf(fitted, all);
  const outputs: Output[] = [];
  if (regions.length === 0 && whole !== null) outputs.push(output(`${id}-median`, whole.median));
  for (const { site, voxels } of regions) {
    const statistics = statisticsOf(fitted, voxels);
    if (statistics !== null) {
      outputs.push(
        output(`${id}-mean`, statistics.mean, site),
        output(`${id}-median`, statistics.median, site),
        output(`${id}-sd`, statistics.sd, site),
      );
    }
    outputs.push(output("fitted-percent", statistics?.fittedPercent ?? 0, site));
  }
  return [...outputs, output("fitted-percent", whole?.fittedPercent ?? 0)];
}
