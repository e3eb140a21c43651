import { RefusalError } from "@etalon/base";
import { decayFitter } from "../../mapping/decay-fitter.ts";
import { fieldStrengthOf } from "../../mapping/field-strength.ts";
import { type FittedVoxels, fitVoxels, requireSignal } from "../../mapping/fit-map.ts";
import { info, mapNotes, warning } from "../../mapping/map-notes.ts";
import { regionOutputs, timeOutputs } from "../../mapping/map-outputs.ts";
import { type MapRegion, mapRegions } from "../../mapping/map-regions.ts";
import { noiseLevel } from "../../mapping/noise-level.ts";
import { statisticsOf } from "../../mapping/region-statistics.ts";
import { mapsOfFit, storedMaps } from "../../mapping/stored-maps.ts";
import { weightingKeyword } from "../../mapping/weighting-keyword.ts";
import type {
  MeasureInputs,
  Measurement,
  NumberRole,
  Output,
  OutputDeclaration,
  QualityNote,
  SensitivityRow,
  WeightedRole,
} from "../../protocol.ts";
import { ironCategories, ironCategory } from "./iron-category.ts";
import { type T2starMapParameters, t2starModels } from "./parameters.ts";

/** The echoes that the map is fitted to, and the field where the images do not say it. */
export type T2starMapRoles = Readonly<{
  "t2star-images": WeightedRole;
  "field-strength": NumberRole & { readonly isOptional: true };
}>;

/** The outputs of a T2* map. */
export const t2starMapOutputs: Readonly<Record<string, OutputDeclaration>> = {
  ...timeOutputs("t2star", "T2*"),
  "iron-category": {
    // 0 normal, 1 mild, 2 moderate, 3 severe.
    title: { en: "Myocardial iron, 0 to 3", fr: "Fer myocardique, 0 à 3" },
    code: { value: "iron-category", scheme: "99ETALON", meaning: "Category of myocardial iron by T2*, 0 to 3" },
    unit: "1",
  },
};

type Inputs = MeasureInputs<T2starMapRoles, T2starMapParameters>;
type Model = (typeof t2starModels)[number];

const role = "t2star-images";

/** Where iron is judged, the first of these that is drawn: the septum is freest of the artefact of lung and veins. */
const ironSites: readonly string[] = ["septum", "lv-myocardium"];

/**
 * A T2* map, ms, with its residuals and the reason of every voxel without a value; statistics of what is drawn and of the
 * segments; at 1.5 T the category of myocardial iron.
 *
 * @throws {RefusalError} `no-signal`, `too-few-weightings`
 * @throws {InputError} `not-finite`
 */
export function measureT2starMap(inputs: Inputs): Measurement {
  const input = inputs.roles[role];
  const { parameters } = inputs;
  requireSignal(role, input);
  const fewest = 3;
  if (input.images.length < fewest) {
    const details = { expected: fewest, attribute: weightingKeyword[input.weighting] };
    throw new RefusalError("too-few-weightings", { field: role, received: input.images.length, details });
  }
  const noise = parameters.noise ?? noiseLevel(input.images);
  const fitWith = (model: Model, voxels?: Int32Array): FittedVoxels =>
    fitVoxels(
      input.images,
      {
        fitterOf: (slice) =>
          decayFitter(input.images, {
            ...{ slice, range: parameters, hasOffset: model === "offset" },
            ...(model === "truncation" && noise !== null ? { floor: noise * parameters.floor } : {}),
          }),
        noise,
        minimumSnr: parameters["minimum-snr"],
      },
      voxels,
    );
  const fitted = fitWith(parameters.model);
  const { regions, notes } = mapRegions(input.volume, role, inputs);
  const iron = judgeIron(fitted, regions, inputs);
  const title = { en: "T2* map", fr: "Cartographie T2*" };
  const maps = mapsOfFit(fitted, input.volume, { id: "t2star", title, unit: "ms" });
  return {
    outputs: [...regionOutputs(t2starMapOutputs, "t2star", { fitted, regions }), ...iron.outputs],
    provisional: false,
    quality: [
      info("t2star-model", { model: parameters.model }),
      ...(parameters.model === "truncation" && noise === null ? [warning("truncation-without-noise", {})] : []),
      ...iron.notes,
      ...mapNotes(input, { fitted, noise, minimumSnr: parameters["minimum-snr"] }),
      ...notes.map((code): QualityNote => info(code, {})),
    ],
    candidates: [],
    maps: storedMaps(maps),
    curves: [],
    sensitivity: varyModel(inputs, regions, fitWith),
    mapValues: maps,
  };
}

interface Iron {
  readonly outputs: readonly Output[];
  readonly notes: readonly QualityNote[];
}

function judgeIron(fitted: FittedVoxels, regions: readonly MapRegion[], inputs: Inputs): Iron {
  const region = ironRegion(regions);
  const statistics = region === undefined ? null : statisticsOf(fitted, region.voxels);
  if (region === undefined || statistics === null) return { outputs: [], notes: [] };
  const fieldStrengthT = fieldOf(inputs);
  if (fieldStrengthT === undefined) return { outputs: [], notes: [warning("iron-category-field-unknown", {})] };
  const category = categoryAt(statistics.mean, fieldStrengthT);
  if (category === undefined) {
    return { outputs: [], notes: [warning("iron-category-refused", { fieldStrengthT, validAtT: 1.5 })] };
  }
  const { unit, code } = t2starMapOutputs["iron-category"];
  return {
    outputs: [{ id: "iron-category", value: ironCategories.indexOf(category), unit, code, site: region.site }],
    notes: [info(`iron-${category}`, { site: region.site, t2starMs: statistics.mean })],
  };
}

function ironRegion(regions: readonly MapRegion[]): MapRegion | undefined {
  for (const site of ironSites) {
    const region = regions.find((one) => one.site === site);
    if (region !== undefined) return region;
  }
  return undefined;
}

function fieldOf({ roles }: Inputs): number | undefined {
  return roles["field-strength"] ?? fieldStrengthOf(roles[role].stack);
}

/** The category; `undefined` at a field that none is published for. */
function categoryAt(t2starMs: number, fieldStrengthT: number): (typeof ironCategories)[number] | undefined {
  try {
    return ironCategory(t2starMs, fieldStrengthT);
  } catch (error) {
    if (error instanceof RefusalError) return undefined;
    throw error;
  }
}

function varyModel(
  inputs: Inputs,
  regions: readonly MapRegion[],
  fitWith: (model: Model, voxels: Int32Array) => FittedVoxels,
): SensitivityRow[] {
  const region = ironRegion(regions) ?? regions[0];
  if (region === undefined) return [];
  const fieldStrengthT = fieldOf(inputs);
  const rows = t2starModels.flatMap((choice) => {
    const statistics = statisticsOf(fitWith(choice, region.voxels), region.voxels);
    if (statistics === null) return [];
    const known = fieldStrengthT === undefined ? undefined : categoryAt(statistics.mean, fieldStrengthT);
    return [{ parameter: "model", choice, output: "t2star-mean", value: statistics.mean, category: known ?? "–" }];
  });
  const own = rows.find(({ choice }) => choice === inputs.parameters.model)?.category;
  return rows.map((row) => ({ ...row, changesCategory: row.category !== own }));
}
