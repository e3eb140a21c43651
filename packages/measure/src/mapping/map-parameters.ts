import type { NumberParameter } from "../protocol.ts";
import { niftiSpacingParameter } from "../research-files.ts";

/** Parameters that every fitted map has. */
export const mapParameters = {
  "minimum-snr": {
    kind: "number",
    title: {
      en: "Lowest signal-to-noise ratio of a fitted voxel",
      fr: "Rapport signal sur bruit minimal d'un voxel ajusté",
    },
    unit: "1",
    default: 5,
    minimum: 0,
    maximum: 1000,
    source:
      "our own rule: the largest magnitude of the voxel over the noise; near the noise magnitudes are biased (Gudbjartsson H, Patz S, Magn Reson Med 1995;34:910-914, doi 10.1002/mrm.1910340618, recalled, the text was not read)",
  } as NumberParameter & { readonly default: number },
  noise: {
    kind: "number",
    title: { en: "Noise of the images, standard deviation", fr: "Bruit des images, écart-type" },
    unit: "1",
    default: null,
    minimum: 0,
    maximum: 1e9,
    source: "from the images unless given: the corner of lowest median as air, its median divided by 1.177 (Rayleigh)",
  } as NumberParameter & { readonly default: null },
  "nifti-spacing": niftiSpacingParameter,
} as const;

/** A range of a time constant that a fit may find. */
export function timeRange(
  bounds: { readonly shortestMs: number; readonly longestMs: number; readonly name: string },
  source: string,
): {
  readonly shortest: NumberParameter & { readonly default: number };
  readonly longest: NumberParameter & { readonly default: number };
} {
  const { shortestMs, longestMs, name } = bounds;
  const common = { kind: "number" as const, unit: "ms", minimum: 0.01, maximum: 100_000, source };
  return {
    shortest: {
      ...common,
      title: { en: `Shortest ${name} that is looked for`, fr: `${name} le plus court recherché` },
      default: shortestMs,
    },
    longest: {
      ...common,
      title: { en: `Longest ${name} that is looked for`, fr: `${name} le plus long recherché` },
      default: longestMs,
    },
  };
}
