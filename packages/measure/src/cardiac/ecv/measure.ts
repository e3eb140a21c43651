import { InputError, RefusalError } from "@etalon/base";
import { fieldStrengthOf } from "../../mapping/field-strength.ts";
import { info, warning } from "../../mapping/map-notes.ts";
import { type MapRegion, mapRegions } from "../../mapping/map-regions.ts";
import type { ParametricMap } from "../../mapping/parametric-map.ts";
import { type RegionStatistics, statisticsOf, voxelsOf } from "../../mapping/region-statistics.ts";
import { storedMaps } from "../../mapping/stored-maps.ts";
import type { Measurement, Output, QualityNote, SensitivityRow, SeriesInput } from "../../protocol.ts";
import { firstGridDifference } from "../../same-grid.ts";
import type { EcvInputs } from "./inputs.ts";
import { output } from "./outputs.ts";
import { extracellularVolume, partitionCoefficient, syntheticHaematocrit, type T1Pair } from "./volume-fraction.ts";

type MapRole = "native-t1" | "post-t1";

/** Labels that the pool of blood may be drawn as. */
const bloodLabels: readonly string[] = ["lv-blood-pool", "blood"];
const wall = "lv-myocardium";

/**
 * Extracellular volume of each drawn region of the myocardium and of its segments, from a T1 map before and one after
 * contrast; a map of it where the two lie on one grid. Regions drawn on the native map alone hold on the other too.
 *
 * @throws {RefusalError} `haematocrit-missing`, `structure-missing`, `contrast-not-seen`, `field-strength-unsupported`,
 *   `mask-grid-mismatch` for regions of one map where the maps lie on two grids
 * @throws {InputError} `not-finite`, `out-of-range`
 */
export function measureEcv(inputs: EcvInputs): Measurement {
  const { roles } = inputs;
  for (const role of ["native-t1", "post-t1"] as const) requireNumbers(role, roles[role]);
  const difference = firstGridDifference(roles["native-t1"].volume, roles["post-t1"].volume);
  const blood = bloodOf(inputs, difference);
  const haematocrit = haematocritOf(inputs, blood.native.mean);
  const pair = { nativeMs: blood.native.mean, postMs: blood.post.mean };
  const regions = myocardialRegions(inputs, difference);
  const map =
    difference === undefined
      ? mapOf(roles["native-t1"], roles["post-t1"], { blood: pair, haematocrit: haematocrit.value })
      : null;
  return {
    outputs: [
      ...regions.flatMap((region) => outputsOf(region, pair, haematocrit.value)),
      output("haematocrit", 100 * haematocrit.value),
    ],
    provisional: haematocrit.isSynthetic,
    quality: [
      ...haematocrit.notes,
      info("ecv-blood", {
        ...{ nativeMs: blood.native.mean, postMs: blood.post.mean },
        ...{ nativeVoxels: blood.native.count, postVoxels: blood.post.count },
      }),
      ...notesOf(inputs, difference),
    ],
    candidates: [],
    maps: map === null ? [] : storedMaps([map]),
    curves: [],
    sensitivity: varyHaematocrit(regions.at(0), pair, haematocrit.value),
    mapValues: map === null ? [] : [map],
  };
}

function requireNumbers(role: MapRole, { volume }: SeriesInput): void {
  const bad = volume.values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new InputError("not-finite", role, bad);
  if (volume.values.every((value) => value === 0)) throw new RefusalError("no-signal", { field: role, received: 0 });
}

/** Statistics of the voxels that hold a T1: 0 stands for none in maps of ours and of scanners. */
function statisticsIn({ volume }: SeriesInput, voxels: Int32Array): RegionStatistics | null {
  const { values } = volume;
  const reasons = Float32Array.from(values, (value) => (value > 0 ? 0 : 1));
  return statisticsOf({ values: Float32Array.from(values), reasons }, voxels);
}

type Difference = string | undefined;

/** Regions of the native map hold on the other too where both lie on one grid and the other has none of its own. */
function requireOneGrid(label: string, difference: Difference): void {
  if (difference === undefined) return;
  throw new RefusalError("mask-grid-mismatch", { field: label, received: difference, details: { role: "post-t1" } });
}

interface OfBoth {
  readonly native: RegionStatistics;
  readonly post: RegionStatistics;
}

function bloodOf(inputs: EcvInputs, difference: Difference): OfBoth {
  const { roles, structures = [] } = inputs;
  const native = voxelsOf(structures, "native-t1", bloodLabels);
  const own = voxelsOf(structures, "post-t1", bloodLabels);
  if (own.length === 0 && native.length > 0) requireOneGrid(bloodLabels[0], difference);
  const before = statisticsIn(roles["native-t1"], native);
  const after = statisticsIn(roles["post-t1"], own.length > 0 ? own : native);
  if (before === null || after === null) {
    const field = before === null ? "native-t1" : "post-t1";
    throw new RefusalError("structure-missing", { field, received: bloodLabels[0] });
  }
  return { native: before, post: after };
}

interface EcvRegion {
  readonly site: string;
  readonly t1: T1Pair;
}

/** The regions of the native map but blood, each with its T1 on both; regions without a value on either are left out. */
function myocardialRegions(inputs: EcvInputs, difference: Difference): EcvRegion[] {
  const { roles } = inputs;
  const isBlood = ({ site }: MapRegion): boolean => bloodLabels.includes(site);
  const native = mapRegions(roles["native-t1"].volume, "native-t1", inputs).regions.filter((one) => !isBlood(one));
  const post = mapRegions(roles["post-t1"].volume, "post-t1", inputs).regions.filter((one) => !isBlood(one));
  if (!native.some(({ site }) => site === wall)) {
    throw new RefusalError("structure-missing", { field: "native-t1", received: wall });
  }
  if (post.length === 0) requireOneGrid(wall, difference);
  return native.flatMap(({ site, voxels }) => {
    const other = post.length === 0 ? voxels : post.find((one) => one.site === site)?.voxels;
    const before = statisticsIn(roles["native-t1"], voxels);
    const after = other === undefined ? null : statisticsIn(roles["post-t1"], other);
    return before === null || after === null ? [] : [{ site, t1: { nativeMs: before.mean, postMs: after.mean } }];
  });
}

function outputsOf({ site, t1 }: EcvRegion, blood: T1Pair, haematocrit: number): Output[] {
  const partition = partitionCoefficient(t1, blood);
  return [
    output("ecv", 100 * extracellularVolume(partition, haematocrit), site),
    output("partition-coefficient", partition, site),
    output("native-t1", t1.nativeMs, site),
    output("post-t1", t1.postMs, site),
  ];
}

interface Haematocrit {
  readonly value: number;
  readonly isSynthetic: boolean;
  readonly notes: readonly QualityNote[];
}

function haematocritOf({ roles, parameters }: EcvInputs, bloodMs: number): Haematocrit {
  const given = roles.haematocrit;
  if (parameters["haematocrit-from"] === "native-blood") {
    const field = roles["field-strength"] ?? fieldStrengthOf(roles["native-t1"].stack);
    const value = syntheticHaematocrit(bloodMs, field);
    return { value, isSynthetic: true, notes: [warning("synthetic-haematocrit", { haematocrit: value, bloodMs })] };
  }
  if (given === null) throw new RefusalError("haematocrit-missing", { field: "haematocrit" });
  return { value: given, isSynthetic: false, notes: [info("haematocrit-used", { haematocrit: given })] };
}

function notesOf(inputs: EcvInputs, difference: Difference): QualityNote[] {
  const { structures = [], roles } = inputs;
  const notes: QualityNote[] = [];
  if (!structures.some(({ role }) => role === "post-t1")) notes.push(warning("regions-of-native", {}));
  if (difference !== undefined) notes.push(info("maps-not-on-one-grid", {}));
  const drawn = mapRegions(roles["native-t1"].volume, "native-t1", inputs);
  return [...notes, ...drawn.notes.map((code): QualityNote => info(code, {}))];
}

/** A fraction in every voxel where both maps have a T1 and the result lies between 0 and 1; 0 elsewhere. */
function mapOf(
  native: SeriesInput,
  post: SeriesInput,
  { blood, haematocrit }: { readonly blood: T1Pair; readonly haematocrit: number },
): ParametricMap {
  const values = new Float32Array(native.volume.values.length);
  for (let v = 0; v < values.length; v++) {
    const [nativeMs, postMs] = [native.volume.values[v], post.volume.values[v]];
    if (!(nativeMs > 0 && postMs > 0)) continue;
    const fraction = extracellularVolume(partitionCoefficient({ nativeMs, postMs }, blood), haematocrit);
    if (fraction > 0 && fraction < 1) values[v] = fraction;
  }
  const title = { en: "Extracellular volume map", fr: "Cartographie du volume extracellulaire" };
  return { id: "ecv", title, unit: "1", grid: native.volume, values, isQuantity: true };
}

/** What a haematocrit off by three points, as from another day, makes of the first region. */
const otherHaematocrit = 0.03;

function varyHaematocrit(region: EcvRegion | undefined, blood: T1Pair, haematocrit: number): SensitivityRow[] {
  if (region === undefined) return [];
  const partition = partitionCoefficient(region.t1, blood);
  return [haematocrit - otherHaematocrit, haematocrit, haematocrit + otherHaematocrit].map((value) => ({
    ...{ parameter: "haematocrit", choice: String(Math.round(value * 1000) / 1000), output: "ecv" },
    value: 100 * partition * (1 - value),
    ...{ category: "–", changesCategory: false },
  }));
}
