import type { Volume } from "@etalon/volume";
import { meanAndSd } from "./thresholds.ts";
import type { WallGeometry } from "./wall-geometry.ts";

/** Remote myocardium, and who chose it. */
export interface Remote {
  readonly mean: number;
  readonly sd: number;
  readonly voxels: number;
  readonly isDrawn: boolean;
}

/** A wall, and what is drawn of it as remote. */
interface WallWithRemote {
  /** Indexes of its voxels. */
  readonly voxels: Int32Array;
  /** 1 where the reader drew remote myocardium; absent where none is drawn. */
  readonly remote?: Uint8Array;
}

type Values = Volume["values"];

/** Steps in which a remote sector is turned, degrees. */
const TURN_DEG = 10;

/**
 * Signal of remote myocardium: of what is drawn as remote, else of the sector of lowest mean through the whole stack.
 *
 * @param sectorDeg width of that sector
 */
export function remoteOf(
  { volume, sectorDeg }: { readonly volume: Volume; readonly sectorDeg: number },
  myocardium: WallWithRemote,
  geometry: WallGeometry,
): Remote {
  const { remote } = myocardium;
  if (remote !== undefined) {
    const own = [...myocardium.voxels].filter((voxel) => remote[voxel] === 1).map((voxel) => volume.values[voxel]);
    if (own.length > 1) return { ...meanAndSd(own), voxels: own.length, isDrawn: true };
  }
  const perSlice = volume.columns * volume.rows;
  const sliceOf = new Map(geometry.slices.map((slice) => [slice.slice, slice]));
  const angles = Float64Array.from(myocardium.voxels, (voxel) => {
    const slice = sliceOf.get(Math.floor(voxel / perSlice));
    if (slice === undefined) return 0;
    const row = Math.floor(voxel / volume.columns) % volume.rows;
    return geometry.angleDeg(slice, voxel % volume.columns, row);
  });
  let best: Remote = { ...wholeOf(volume.values, myocardium), isDrawn: false };
  for (let start = 0; start < 360; start += TURN_DEG) {
    const own: number[] = [];
    for (let i = 0; i < angles.length; i++) {
      if ((angles[i] - start + 360) % 360 < sectorDeg) own.push(volume.values[myocardium.voxels[i]]);
    }
    if (own.length < 2) continue;
    const sector = meanAndSd(own);
    if (sector.mean < best.mean) best = { ...sector, voxels: own.length, isDrawn: false };
  }
  return best;
}

function wholeOf(values: Values, { voxels }: WallWithRemote): Omit<Remote, "isDrawn"> {
  return { ...meanAndSd(Array.from(voxels, (voxel) => values[voxel])), voxels: voxels.length };
}
