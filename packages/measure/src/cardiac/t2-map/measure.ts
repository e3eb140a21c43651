import { RefusalError } from "@etalon/base";
import { decayFitter } from "../../mapping/decay-fitter.ts";
import { type FittedVoxels, fitVoxels, requireSignal } from "../../mapping/fit-map.ts";
import { info, mapNotes } from "../../mapping/map-notes.ts";
import { regionOutputs, timeOutputs } from "../../mapping/map-outputs.ts";
import { mapRegions } from "../../mapping/map-regions.ts";
import { noiseLevel } from "../../mapping/noise-level.ts";
import { statisticsOf } from "../../mapping/region-statistics.ts";
import { mapsOfFit, storedMaps } from "../../mapping/stored-maps.ts";
import { weightingKeyword } from "../../mapping/weighting-keyword.ts";
import type { MeasureInputs, Measurement, QualityNote, SensitivityRow, WeightedRole } from "../../protocol.ts";
import type { T2MapParameters } from "./parameters.ts";

/** The images that the map is fitted to. */
export type T2MapRoles = Readonly<Record<"t2-images", WeightedRole>>;

/** The outputs of a T2 map. */
export const t2MapOutputs = timeOutputs("t2", "T2");

const role = "t2-images";
const unknowns = { mono: 2, offset: 3 } as const;

/**
 * A T2 map, ms, with its residuals and the reason of every voxel without a value; statistics of what is drawn and of the
 * segments.
 *
 * @throws {RefusalError} `no-signal`, `too-few-weightings`
 * @throws {InputError} `not-finite`
 */
export function measureT2Map(inputs: MeasureInputs<T2MapRoles, T2MapParameters>): Measurement {
  const input = inputs.roles[role];
  const { parameters } = inputs;
  const { model } = parameters;
  requireSignal(role, input);
  if (input.images.length < unknowns[model]) {
    const details = { expected: unknowns[model], attribute: weightingKeyword[input.weighting] };
    throw new RefusalError("too-few-weightings", { field: role, received: input.images.length, details });
  }
  const noise = parameters.noise ?? noiseLevel(input.images);
  const fitWith = (choice: "mono" | "offset", voxels?: Int32Array): FittedVoxels =>
    fitVoxels(
      input.images,
      {
        fitterOf: (slice) => decayFitter(input.images, { slice, range: parameters, hasOffset: choice === "offset" }),
        noise,
        minimumSnr: parameters["minimum-snr"],
      },
      voxels,
    );
  const fitted = fitWith(model);
  const { regions, notes } = mapRegions(input.volume, role, inputs);
  const maps = mapsOfFit(fitted, input.volume, {
    id: "t2",
    title: { en: "T2 map", fr: "Cartographie T2" },
    unit: "ms",
  });
  const [region] = regions;
  const choices = input.images.length < unknowns.offset ? (["mono"] as const) : (["mono", "offset"] as const);
  return {
    outputs: regionOutputs(t2MapOutputs, "t2", { fitted, regions }),
    provisional: false,
    quality: [
      info("t2-model", { model }),
      ...mapNotes(input, { fitted, noise, minimumSnr: parameters["minimum-snr"] }),
      ...notes.map((code): QualityNote => info(code, {})),
    ],
    candidates: [],
    maps: storedMaps(maps),
    curves: [],
    sensitivity:
      region === undefined
        ? []
        : choices.flatMap((choice): SensitivityRow[] => {
            const statistics = statisticsOf(fitWith(choice, region.voxels), region.voxels);
            if (statistics === null) return [];
            const row = { parameter: "model", choice, output: "t2-mean", value: statistics.mean };
            return [{ ...row, category: "–", changesCategory: false }];
          }),
    mapValues: maps,
  };
}
