import { RefusalError } from "@etalon/base";
import { type FittedVoxels, fitVoxels, requireSignal } from "../../mapping/fit-map.ts";
import { info, mapNotes, warning } from "../../mapping/map-notes.ts";
import { regionOutputs } from "../../mapping/map-outputs.ts";
import { type MapRegions, mapRegions } from "../../mapping/map-regions.ts";
import { noiseLevel } from "../../mapping/noise-level.ts";
import { statisticsOf } from "../../mapping/region-statistics.ts";
import { mapsOfFit, storedMaps } from "../../mapping/stored-maps.ts";
import { weightingKeyword } from "../../mapping/weighting-keyword.ts";
import type { Measurement, QualityNote, SensitivityRow } from "../../protocol.ts";
import { type ChosenModel, chooseModel, type T1Model } from "./choose-model.ts";
import { t1Fitter, unknownsOf } from "./fitters.ts";
import type { T1MapInputs } from "./inputs.ts";
import { t1MapOutputs } from "./outputs.ts";

const role = "t1-images";

/**
 * A T1 map, ms, with its residuals and the reason of every voxel without a value; statistics of what is drawn and of the
 * segments. Under stress the map is given and no statistics.
 *
 * @throws {RefusalError} `no-signal`, `too-few-weightings`, `weighting-missing`
 * @throws {InputError} `not-finite`
 */
export function measureT1Map(inputs: T1MapInputs): Measurement {
  const input = inputs.roles[role];
  const { parameters } = inputs;
  requireSignal(role, input);
  const chosen = chooseModel(parameters.model, input);
  requireImages(chosen, inputs);
  const noise = parameters.noise ?? noiseLevel(input.images);
  const fitWith = (model: T1Model, voxels?: Int32Array): FittedVoxels =>
    fitVoxels(
      input.images,
      {
        fitterOf: (slice) => t1Fitter(model, input.images, { slice, range: parameters }),
        noise,
        minimumSnr: parameters["minimum-snr"],
      },
      voxels,
    );
  const fitted = fitWith(chosen.model);
  const isStress = parameters.state === "stress";
  const drawn = mapRegions(input.volume, role, inputs);
  const { regions } = drawn;
  const outputs = regionOutputs(t1MapOutputs, "t1", { fitted, regions });
  const maps = mapsOfFit(fitted, input.volume, {
    id: "t1",
    title: { en: "T1 map", fr: "Cartographie T1" },
    unit: "ms",
  });
  return {
    outputs: isStress ? outputs.filter(({ id }) => id === "fitted-percent") : outputs,
    provisional: isStress,
    quality: [
      ...modelNotes(chosen),
      ...(isStress ? [warning("t1-under-stress", {})] : []),
      ...mapNotes(input, { fitted, noise, minimumSnr: parameters["minimum-snr"] }),
      ...drawn.notes.map((code): QualityNote => info(code, {})),
    ],
    candidates: [],
    maps: storedMaps(maps),
    curves: [],
    sensitivity: isStress ? [] : varyModel(chosen.model, drawn, fitWith),
    mapValues: maps,
  };
}

function requireImages({ model }: ChosenModel, { roles }: T1MapInputs): void {
  const { images, weighting } = roles[role];
  const isOfFlips = model === "vfa" || model === "vfa-linear";
  if (isOfFlips !== (weighting === "flipAngleDeg")) {
    const attribute = weightingKeyword[isOfFlips ? "flipAngleDeg" : "inversionTimeMs"];
    throw new RefusalError("weighting-missing", { field: role, details: { attribute } });
  }
  const slices = images[0].weightings.length;
  const counts = Array.from({ length: slices }, (_, k) => new Set(images.map((image) => image.weightings[k])).size);
  const fewest = Math.min(...counts);
  if (fewest >= unknownsOf[model]) return;
  const details = { expected: unknownsOf[model], attribute: weightingKeyword[weighting] };
  throw new RefusalError("too-few-weightings", { field: role, received: fewest, details });
}

function modelNotes({ model, because }: ChosenModel): QualityNote[] {
  const code = `t1-model-${because}`;
  return [because === "nothing-said" ? warning(code, { model }) : info(code, { model })];
}

/** Models that the same images can be fitted with. */
const alternatives: Readonly<Record<T1Model, readonly T1Model[]>> = {
  "inversion-recovery": ["inversion-recovery", "molli"],
  molli: ["molli", "inversion-recovery"],
  "sasha-2": ["sasha-2", "sasha-3"],
  "sasha-3": ["sasha-3", "sasha-2"],
  vfa: ["vfa", "vfa-linear"],
  "vfa-linear": ["vfa-linear", "vfa"],
};

/** The mean of the first drawn region under each model; no published cut of T1 holds beyond its own scanner. */
function varyModel(
  model: T1Model,
  { regions }: MapRegions,
  fitWith: (model: T1Model, voxels: Int32Array) => FittedVoxels,
): SensitivityRow[] {
  const [region] = regions;
  if (region === undefined) return [];
  return alternatives[model].flatMap((choice) => {
    const statistics = statisticsOf(fitWith(choice, region.voxels), region.voxels);
    if (statistics === null) return [];
    return {
      ...{ parameter: "model", choice, output: "t1-mean", value: statistics.mean },
      ...{ category: "–", changesCategory: false },
    };
  });
}
