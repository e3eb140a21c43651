import type { SceneObject } from "../rasterise-slice.ts";
import { box, ellipsoid, ellipticColumn, intersection, obliqueSlice, type Solid, type Vector3 } from "../solid.ts";

/** Length along z of everything that runs through the whole scan, mm. */
const throughMm = 400;

/** HU of what is homogeneous, chosen within the range of clinical scans without contrast agent at 120 kVp. */
const hu = {
  fat: -100,
  muscle: 50,
  cartilage: 90,
  cortex: 600,
  ribMarrow: 200,
  cancellous: 160,
  disc: 90,
  spinalCanal: 30,
  tableSkin: 60,
  tableFoam: -900,
  rail: 1200,
} as const;

/** Skin and fat (15 mm), muscle, ribs and the inner wall of the chest; the lungs' cavity is painted over it. */
export function chestWall(): readonly SceneObject[] {
  return [
    coarse("body", "fat", hu.fat, ellipticColumn([0, 0, 0], [155, 120], throughMm)),
    coarse("muscle", "muscle", hu.muscle, ellipticColumn([0, 0, 0], [140, 105], throughMm)),
    ...ribs(),
    coarse("inner-wall", "muscle", hu.muscle, ellipsoid(chestCentre, [126, 90, 202])),
  ];
}

/** Centre of the ellipsoids that bound the chest, patient LPS, mm. */
export const chestCentre: Vector3 = [0, 0, -20];

/** Sternum and spine, painted after the lungs' cavity. */
export function axialSkeleton(): readonly SceneObject[] {
  return [
    coarse("sternum", "bone", hu.cortex, ellipticColumn([0, -94, 0], [17, 5.5], throughMm)),
    coarse("sternum-marrow", "marrow", hu.ribMarrow, ellipticColumn([0, -94, 0], [15, 3.8], throughMm)),
    coarse("discs", "disc", hu.disc, ellipticColumn([0, 70, 0], [17, 14], throughMm)),
    ...[-3, -2, -1, 0, 1, 2, 3].flatMap((level) => vertebra(level, level * vertebraStepMm)),
    coarse("spinal-canal", "canal", hu.spinalCanal, ellipticColumn([0, 93, 0], [8, 6.5], throughMm)),
  ];
}

/** The couch: two thin skins on foam, and two rails that are as dense as calcium. */
export function couch(): readonly SceneObject[] {
  return [
    coarse("couch-foam", "couch", hu.tableFoam, box([0, 133.5, 0], [500, 24, throughMm])),
    coarse("couch-top", "couch", hu.tableSkin, box([0, 122.5, 0], [500, 2, throughMm])),
    coarse("couch-bottom", "couch", hu.tableSkin, box([0, 144.5, 0], [500, 2, throughMm])),
    coarse("couch-rail-right", "rail", hu.rail, box([-110, 149, 0], [14, 7, throughMm])),
    coarse("couch-rail-left", "rail", hu.rail, box([110, 149, 0], [14, 7, throughMm])),
  ];
}

/** Distance of one vertebra to the next, mm; 19 mm of it are bone. */
const vertebraStepMm = 24;

function vertebra(level: number, z: number): readonly SceneObject[] {
  const body: Vector3 = [0, 70, z];
  return [
    coarse(`lamina-${level}`, "bone", hu.cortex, ellipticColumn([0, 93, z], [13, 10], 16)),
    coarse(`spinous-${level}`, "bone", hu.cortex, ellipsoid([0, 105, z - 4], [3.5, 8, 9])),
    coarse(`transverse-${level}`, "bone", hu.cortex, ellipsoid([0, 90, z], [34, 5, 6])),
    coarse(`vertebra-${level}`, "bone", hu.cortex, ellipticColumn(body, [18, 15], 19)),
    coarse(`vertebra-core-${level}`, "marrow", hu.cancellous, ellipticColumn(body, [16.5, 13.5], 16)),
  ];
}

/** How far a rib descends per mm from back to front. */
const ribSlope = 0.45;

/** Distance between ribs along z, mm. */
const ribStepMm = 26;

function ribs(): readonly SceneObject[] {
  return [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].flatMap((level) => rib(level, level * ribStepMm));
}

/** A rib as nested oblique slices of the chest's ellipsoids: cortex, marrow, inner cortex; cartilage at the front. */
function rib(level: number, planeZMm: number): readonly SceneObject[] {
  const shell = (semiX: number, semiY: number, halfThicknessMm: number): Solid =>
    obliqueSlice(ellipsoid(chestCentre, [semiX, semiY, semiX + 76]), { planeZMm, slope: ribSlope, halfThicknessMm });
  const outer = shell(134, 98, 6);
  const front = box([0, -60, 0], [90, 120, throughMm]);
  return [
    coarse(`rib-${level}`, "bone", hu.cortex, outer),
    coarse(`rib-marrow-${level}`, "marrow", hu.ribMarrow, shell(132.5, 96.5, 4.2)),
    coarse(`rib-inner-${level}`, "bone", hu.cortex, shell(127.5, 91.5, 6)),
    coarse(`costal-cartilage-${level}`, "cartilage", hu.cartilage, intersection(outer, front)),
  ];
}

function coarse(id: string, tissue: string, valueHu: number, solid: Solid): SceneObject {
  return { id, tissue, valueHu, solid, detail: "coarse" };
}
