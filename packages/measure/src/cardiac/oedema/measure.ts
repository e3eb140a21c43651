import { RefusalError } from "@etalon/base";
import type { Measurement, Output, SensitivityRow } from "../../protocol.ts";
import { segmentAt } from "../aha-segment.ts";
import { remoteOf } from "../remote-myocardium.ts";
import { nSdThreshold } from "../thresholds.ts";
import { wallGeometry } from "../wall-geometry.ts";
import type { OedemaFound } from "./found.ts";
import type { OedemaInputs } from "./inputs.ts";
import { output } from "./outputs.ts";
import { noteQuality } from "./quality.ts";
import { gatherRegions, type OedemaRegions, signalOf } from "./regions.ts";

/**
 * Oedema of the left ventricle on T2-weighted images: the ratio of its signal to skeletal muscle, and how much of it is
 * brighter than remote myocardium, in all and by segment.
 *
 * @throws {RefusalError} `structure-missing`, `no-signal`, `muscle-without-signal`
 * @throws {InputError} `not-finite`
 */
export function measureOedema(inputs: OedemaInputs): Measurement {
  const { volume } = inputs.roles["t2-weighted"];
  const { parameters, seeds = [] } = inputs;
  const regions = gatherRegions(inputs);
  if (parameters.method === "drawn" && !regions.isOedemaDrawn) {
    throw new RefusalError("structure-missing", { field: "t2-weighted", received: "oedema" });
  }
  const geometry = wallGeometry(volume, regions.myocardium, seeds);
  const remote = remoteOf({ volume, sectorDeg: parameters["remote-sector"] }, regions.myocardium, geometry);
  const found = { inputs, regions, geometry, remote, ratio: ratioBy(parameters["ratio-of"], inputs, regions) };
  const oedema = parameters.method === "drawn" ? regions.myocardium.drawn : brightBy(parameters["sd-count"], found);
  return {
    outputs: listOutputs(found, oedema),
    provisional: false,
    quality: noteQuality(found),
    candidates: [],
    maps: [],
    curves: [],
    sensitivity: varyChoices(found, oedema),
  };
}

function ratioBy(of: "mean" | "median", { roles }: OedemaInputs, { myocardium, muscle }: OedemaRegions): number {
  const { values } = roles["t2-weighted"].volume;
  return (
    signalOf(
      Array.from(myocardium.voxels, (voxel) => values[voxel]),
      of,
    ) / signalOf(muscle, of)
  );
}

/** 1 where the myocardium is at or above remote myocardium plus so many standard deviations. */
function brightBy(sdCount: number, { inputs, regions, remote }: OedemaFound): Uint8Array {
  const { values } = inputs.roles["t2-weighted"].volume;
  const threshold = nSdThreshold(remote, sdCount);
  const bright = new Uint8Array(values.length);
  for (const voxel of regions.myocardium.voxels) if (values[voxel] >= threshold) bright[voxel] = 1;
  return bright;
}

/** Volume of the wall's voxels, mL, and of those that a mask holds. */
function volumesMl(
  mask: Uint8Array,
  { inputs, regions }: OedemaFound,
): { readonly wallMl: number; readonly heldMl: number } {
  const { columns, rows } = inputs.roles["t2-weighted"].volume;
  const { voxels, voxelMl } = regions.myocardium;
  let [wallMl, heldMl] = [0, 0];
  for (const voxel of voxels) {
    const ml = voxelMl[Math.floor(voxel / (columns * rows))];
    wallMl += ml;
    heldMl += mask[voxel] * ml;
  }
  return { wallMl, heldMl };
}

function percentOf(mask: Uint8Array, found: OedemaFound): number {
  const { wallMl, heldMl } = volumesMl(mask, found);
  return (100 * heldMl) / wallMl;
}

function listOutputs(found: OedemaFound, oedema: Uint8Array): Output[] {
  const density = found.inputs.parameters["myocardial-density"];
  const totals = [
    output("t2-signal-ratio", found.ratio),
    output("oedema-percent", percentOf(oedema, found)),
    output("oedema-mass", volumesMl(oedema, found).heldMl * density),
  ];
  return found.geometry.hasInsertion ? [...totals, ...segmentOutputs(found, oedema)] : totals;
}

function segmentOutputs({ inputs, regions, geometry }: OedemaFound, oedema: Uint8Array): Output[] {
  const { volume } = inputs.roles["t2-weighted"];
  const of = inputs.parameters["ratio-of"];
  const { voxels, voxelMl } = regions.myocardium;
  const sliceOf = new Map(geometry.slices.map((slice) => [slice.slice, slice]));
  const segments = new Map<number, { wallMl: number; oedemaMl: number; readonly signals: number[] }>();
  for (const voxel of voxels) {
    const slice = sliceOf.get(Math.floor(voxel / (volume.columns * volume.rows)));
    if (slice === undefined) continue;
    const [column, row] = [voxel % volume.columns, Math.floor(voxel / volume.columns) % volume.rows];
    const number = segmentAt(slice.level, geometry.angleDeg(slice, column, row));
    const segment = segments.get(number) ?? { wallMl: 0, oedemaMl: 0, signals: [] };
    segment.wallMl += voxelMl[slice.slice];
    segment.oedemaMl += oedema[voxel] * voxelMl[slice.slice];
    segment.signals.push(volume.values[voxel]);
    segments.set(number, segment);
  }
  const muscle = signalOf(regions.muscle, of);
  return [...segments]
    .sort(([a], [b]) => a - b)
    .flatMap(([number, { wallMl, oedemaMl, signals }]) => [
      output("t2-signal-ratio", signalOf(signals, of) / muscle, `AHA-${number}`),
      output("oedema-percent", (100 * oedemaMl) / wallMl, `AHA-${number}`),
    ]);
}

/** Counts of standard deviations that stand beside each other. */
const SD_COUNTS = [2, 3, 5] as const;

function varyChoices(found: OedemaFound, oedema: Uint8Array): SensitivityRow[] {
  const { inputs, regions, ratio } = found;
  const cutOff = inputs.parameters["ratio-cut-off"];
  const ratioClass = (value: number) => (value >= cutOff ? "global-oedema" : "no-global-oedema");
  const extentClass = (percent: number) => (percent > 0 ? "oedema" : "no-oedema");
  const own = percentOf(oedema, found);
  return [
    ...(["mean", "median"] as const).map((choice) => {
      const value = ratioBy(choice, inputs, regions);
      return {
        ...{ parameter: "ratio-of", choice, output: "t2-signal-ratio", value, category: ratioClass(value) },
        changesCategory: ratioClass(value) !== ratioClass(ratio),
      };
    }),
    ...SD_COUNTS.map((count) => {
      const value = percentOf(brightBy(count, found), found);
      return {
        ...{ parameter: "sd-count", choice: String(count), output: "oedema-percent", value },
        category: extentClass(value),
        changesCategory: extentClass(value) !== extentClass(own),
      };
    }),
  ];
}
