import { sha256Hex, type Text } from "@etalon/base";
import type { Grid } from "@etalon/volume";
import type { StoredArray } from "../protocol.ts";
import type { FittedVoxels } from "./fit-map.ts";
import { fitReasonTexts } from "./fit-reason-texts.ts";
import type { ParametricMap } from "./parametric-map.ts";

/** What a map is called. */
export interface MapName {
  /** "t1": the others are "t1-residual", "t1-r2", "t1-n", "t1-reason". */
  readonly id: string;
  readonly title: Text;
  /** UCUM. */
  readonly unit: string;
  /** What its reasons mean, by their numbers; those of a fit of relaxation where absent. */
  readonly meanings?: readonly Text[];
}

/** A map of a quantity and, beside it, how good each of its values is. */
export function mapsOfFit(
  fitted: FittedVoxels,
  grid: Grid,
  { id, title, unit, meanings = fitReasonTexts }: MapName,
): readonly ParametricMap[] {
  const of = (name: string, also: Text, rest: Pick<ParametricMap, "unit" | "values" | "meanings">): ParametricMap => ({
    ...{ id: `${id}-${name}`, grid, isQuantity: false, ...rest },
    title: { en: `${title.en}: ${also.en}`, fr: `${title.fr} : ${also.fr}` },
  });
  return [
    { id, title, unit, grid, values: fitted.values, isQuantity: true },
    of(
      "residual",
      { en: "residual, signal units", fr: "résidu, unités de signal" },
      { unit: "1", values: fitted.residuals },
    ),
    of("r2", { en: "R²", fr: "R²" }, { unit: "1", values: fitted.rSquared }),
    of("n", { en: "images used", fr: "images utilisées" }, { unit: "1", values: fitted.used }),
    of(
      "reason",
      { en: "why there is no value", fr: "raison de l'absence de valeur" },
      { unit: "1", values: fitted.reasons, meanings },
    ),
  ];
}

/** Names of maps as a result lists them: by the SHA-256 of their voxels, 32-bit floats in little endian, shape [z, y, x]. */
export function storedMaps(maps: readonly ParametricMap[]): readonly StoredArray[] {
  return maps.map(({ id, unit, values }) => ({ id, unit, sha256: sha256Hex(littleEndian(values)) }));
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i], true);
  return bytes;
}
