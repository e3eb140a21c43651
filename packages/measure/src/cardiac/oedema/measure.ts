import { RefusalError } from "@etalon/base";
import type { Measurement, Output, SensitivityRow } from "../../protocol.ts";
import { type Remote, remoteOf, volumeMl } from "../late-enhancement/extent.ts";
import { segmentAt, summarizeChords } from "../late-enhancement/segments.ts";
import { nSdThreshold } from "../late-enhancement/thresholds.ts";
import { type WallGeometry, wallGeometry } from "../late-enhancement/wall-geometry.ts";
import type { OedemaInputs } from "./inputs.ts";
import { output } from "./outputs.ts";
import { noteQuality } from "./quality.ts";
import { gatherRegions, type OedemaRegions, signalOf } from "./regions.ts";

/** What one run found, for its outputs and for what it says of them. */
export interface OedemaFound {
  readonly inputs: OedemaInputs;
  readonly regions: OedemaRegions;
  readonly geometry: WallGeometry;
  readonly remote: Remote;
  /** Signal of the myocardium over that of skeletal muscle. */
  readonly ratio: number;
}

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

function percentOf(mask: Uint8Array, { inputs, regions }: OedemaFound): number {
  const { columns, rows } = inputs.roles["t2-weighted"].volume;
  const whole = new Uint8Array(mask.length).fill(1);
  const ofMask = (one: Uint8Array) => volumeMl(one, regions.myocardium, columns * rows);
  return (100 * ofMask(mask)) / ofMask(whole);
}

function listOutputs(found: OedemaFound, oedema: Uint8Array): Output[] {
  const { inputs, regions, geometry, ratio } = found;
  const { volume } = inputs.roles["t2-weighted"];
  const oedemaMl = volumeMl(oedema, regions.myocardium, volume.columns * volume.rows);
  const totals = [
    output("t2-signal-ratio", ratio),
    output("oedema-percent", percentOf(oedema, found)),
    output("oedema-mass", oedemaMl * inputs.parameters["myocardial-density"]),
  ];
  if (!geometry.hasInsertion) return totals;
  const { myocardium } = regions;
  // The share of the wall's depth says nothing of oedema.
  const { segments } = summarizeChords(volume, { myocardium, geometry, scar: oedema }, 25);
  const ratios = segmentRatios(found);
  return [
    ...totals,
    ...segments.flatMap(({ segment, extentPercent }) => [
      ...(ratios.has(segment) ? [output("t2-signal-ratio", ratios.get(segment) ?? 0, `AHA-${segment}`)] : []),
      output("oedema-percent", extentPercent, `AHA-${segment}`),
    ]),
  ];
}

function segmentRatios({ inputs, regions, geometry }: OedemaFound): ReadonlyMap<number, number> {
  const { volume } = inputs.roles["t2-weighted"];
  const of = inputs.parameters["ratio-of"];
  const perSlice = volume.columns * volume.rows;
  const sliceOf = new Map(geometry.slices.map((slice) => [slice.slice, slice]));
  const signals = new Map<number, number[]>();
  for (const voxel of regions.myocardium.voxels) {
    const slice = sliceOf.get(Math.floor(voxel / perSlice));
    if (slice === undefined) continue;
    const [column, row] = [voxel % volume.columns, Math.floor(voxel / volume.columns) % volume.rows];
    const segment = segmentAt(slice.level, geometry.angleDeg(slice, column, row));
    const known = signals.get(segment) ?? [];
    known.push(volume.values[voxel]);
    signals.set(segment, known);
  }
  const muscle = signalOf(regions.muscle, of);
  return new Map([...signals].map(([segment, values]) => [segment, signalOf(values, of) / muscle]));
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
