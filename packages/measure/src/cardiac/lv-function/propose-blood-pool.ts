import { RefusalError } from "@etalon/base";
import { lpsToContinuousVoxel, type Volume } from "@etalon/volume";
import { type ColumnRow, fillPolygon } from "../../polygon.ts";
import { areasOfVoxels, type Seed, type Structure } from "../../structure.ts";
import {
  type ContourRules,
  cornersOf,
  findPolarContour,
  type PolarContour,
  type SignalLevels,
} from "./polar-contour.ts";
import { splitLevels } from "./split-levels.ts";

/** How a blood pool is proposed. */
export interface ProposalRules extends ContourRules {
  /** Radius about the click in which blood and wall are told apart, mm. */
  readonly windowMm: number;
  /** A slice with a wall around less of the pool than this is above the base. */
  readonly wallShare: number;
}

/** At the first contour blood starts half-way to the wall, so that it stays inside while the wall's signal is not known. */
const FIRST_FRACTION = 0.5;
/** Times that the centre is moved to the middle of what was found. */
const RECENTERINGS = 2;
const SETTLED_MM = 0.5;
/** The pool ends where it is smaller than this, mm², or darker inside, or suddenly larger than in the slice before. */
const LEAST_AREA_MM2 = 60;
const LEAST_BRIGHTNESS = 0.2;
const MOST_GROWTH = 1.35;
const FREE_GROWTH_MM2 = 250;
/** Share of the wall's voxels that are darker than the level taken for it: fat and right ventricle lie beyond. */
const WALL_QUANTILE = 0.4;

interface FoundSlice {
  readonly contour: PolarContour;
  readonly center: ColumnRow;
  readonly mask: Uint8Array;
  readonly areaMm2: number;
}

/**
 * The blood pool of the left ventricle that one click proposes, in every slice from the clicked one towards both ends until
 * the wall, the signal or the size ends it. It is a proposal: the caller says so.
 *
 * @throws {RefusalError} `proposal-failed` for a click outside the images or on nothing bright
 */
export function proposeBloodPool(volume: Volume, seed: Seed, rules: ProposalRules): Structure {
  const [column, row, depth] = lpsToContinuousVoxel(volume, seed.pointLpsMm);
  const clicked = Math.round(depth);
  const isOutside = column < 0 || row < 0 || column > volume.columns - 1 || row > volume.rows - 1;
  if (isOutside || clicked < 0 || clicked >= volume.slices) {
    throw new RefusalError("proposal-failed", { field: seed.role, received: seed.pointLpsMm.join(", ") });
  }
  const coarse = splitLevels(volume, clicked, { center: [column, row], radiusMm: rules.windowMm });
  const first =
    coarse === undefined
      ? undefined
      : findSlice(volume, clicked, {
          ...{ center: [column, row], levels: coarse, prior: undefined },
          rules: { ...rules, bloodFraction: FIRST_FRACTION },
        });
  if (first === undefined) {
    throw new RefusalError("proposal-failed", { field: seed.role, received: seed.pointLpsMm.join(", ") });
  }
  const levels = levelsOf(volume, clicked, { found: first, rules });
  const start = findSlice(volume, clicked, { center: first.center, levels, prior: undefined, rules }) ?? first;
  const perSlice = volume.columns * volume.rows;
  const voxels = new Uint8Array(volume.values.length);
  voxels.set(start.mask, clicked * perSlice);
  for (const direction of [1, -1]) {
    let [before, now] = [start, levels];
    for (let slice = clicked + direction; slice >= 0 && slice < volume.slices; slice += direction) {
      const prior = before.contour.radiiMm;
      const found = findSlice(volume, slice, { center: before.center, levels: now, prior, rules });
      if (found === undefined || isBeyond(found, before, rules)) break;
      voxels.set(found.mask, slice * perSlice);
      now = meanLevels(now, levelsOf(volume, slice, { found, rules }));
      before = found;
    }
  }
  const { role, label } = seed;
  return { role, label, source: "region", areaMm2: areasOfVoxels(voxels, volume), voxels };
}

interface SliceSearch {
  readonly center: ColumnRow;
  readonly levels: SignalLevels;
  readonly prior: Float64Array | undefined;
  readonly rules: ContourRules;
}

function findSlice(volume: Volume, slice: number, search: SliceSearch): FoundSlice | undefined {
  let { center } = search;
  for (let round = 0; ; round++) {
    const contour = findPolarContour(volume, slice, { ...search, center });
    const mask = new Uint8Array(volume.columns * volume.rows);
    fillPolygon(mask, contour.corners, volume);
    const middle = middleOf(mask, volume.columns);
    if (middle === undefined) return undefined;
    const [dx, dy] = [
      (middle.center[0] - center[0]) * volume.columnSpacingMm,
      (middle.center[1] - center[1]) * volume.rowSpacingMm,
    ];
    if (round === RECENTERINGS || Math.sqrt(dx * dx + dy * dy) < SETTLED_MM) {
      const areaMm2 = middle.count * volume.columnSpacingMm * volume.rowSpacingMm;
      return { contour, center, mask, areaMm2 };
    }
    center = middle.center;
  }
}

function middleOf(
  mask: Uint8Array,
  columns: number,
): { readonly center: ColumnRow; readonly count: number } | undefined {
  let [count, column, row] = [0, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    count++;
    column += i % columns;
    row += Math.floor(i / columns);
  }
  return count === 0 ? undefined : { center: [column / count, row / count], count };
}

function isBeyond({ contour, areaMm2 }: FoundSlice, before: FoundSlice, { wallShare }: ProposalRules): boolean {
  return (
    areaMm2 < LEAST_AREA_MM2 ||
    areaMm2 > MOST_GROWTH * before.areaMm2 + FREE_GROWTH_MM2 ||
    contour.wallShare < wallShare ||
    contour.brightness < LEAST_BRIGHTNESS
  );
}

/** Signal of blood inside a contour, its median, and of the wall just outside. */
function levelsOf(
  volume: Volume,
  slice: number,
  { found, rules }: { readonly found: FoundSlice; readonly rules: ContourRules },
): SignalLevels {
  const { mask, center, contour } = found;
  const size = mask.length;
  const [outer, inner] = [new Uint8Array(size), new Uint8Array(size)];
  fillPolygon(
    outer,
    cornersOf(
      contour.radiiMm.map((mm) => mm + rules.wallMm),
      center,
      volume,
    ),
    volume,
  );
  fillPolygon(
    inner,
    cornersOf(
      contour.radiiMm.map((mm) => mm + 1),
      center,
      volume,
    ),
    volume,
  );
  const blood: number[] = [];
  const wall: number[] = [];
  for (let i = 0; i < size; i++) {
    const value = volume.values[slice * size + i];
    if (mask[i] === 1) blood.push(value);
    if (outer[i] === 1 && inner[i] === 0) wall.push(value);
  }
  return { blood: quantile(blood, 0.5), wall: quantile(wall, WALL_QUANTILE) };
}

function quantile(values: number[], share: number): number {
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}

/** The levels follow the slices half-way: coils make apex and base unlike. */
function meanLevels(a: SignalLevels, b: SignalLevels): SignalLevels {
  return { blood: (a.blood + b.blood) / 2, wall: (a.wall + b.wall) / 2 };
}
