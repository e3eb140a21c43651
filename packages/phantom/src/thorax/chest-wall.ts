import type { SceneObject } from "../rasterise-slice.ts";
import { box, ellipsoid, ellipticColumn, intersection, obliqueSlice, type Solid, type Vector3 } from "../solid.ts";
import { type Material, organ } from "./organ.ts";

/** Length along z of everything that runs through the whole scan, mm. */
const throughMm = 400;

/* What the chest wall and the couch are made of: HU chosen within the range of clinical scans without contrast agent at 120 kVp. */
const fat: Material = { tissue: "fat", valueHu: -100 };
const muscle: Material = { tissue: "muscle", valueHu: 50 };
const cartilage: Material = { tissue: "cartilage", valueHu: 90 };
const cortex: Material = { tissue: "bone", valueHu: 600 };
const ribMarrow: Material = { tissue: "marrow", valueHu: 200 };
const cancellous: Material = { tissue: "marrow", valueHu: 160 };
const disc: Material = { tissue: "disc", valueHu: 90 };
const spinalCanal: Material = { tissue: "canal", valueHu: 30 };
const tableSkin: Material = { tissue: "couch", valueHu: 60 };
const tableFoam: Material = { tissue: "couch", valueHu: -900 };
const rail: Material = { tissue: "rail", valueHu: 1200 };

/** Skin and fat (15 mm), muscle, ribs and the inner wall of the chest; the lungs' cavity is painted over it. */
export function chestWall(): readonly SceneObject[] {
  return [
    organ("body", fat, ellipticColumn([0, 0, 0], [155, 120], throughMm)),
    organ("muscle", muscle, ellipticColumn([0, 0, 0], [140, 105], throughMm)),
    ...ribs(),
    // Ribs end beside the spine, not behind it.
    organ("back-muscle", muscle, box([0, 96, 0], [40, 15, throughMm])),
    organ("inner-wall", muscle, ellipsoid(chestCentre, [126, 90, 202])),
  ];
}

/** Centre of the ellipsoids that bound the chest, patient LPS, mm. */
export const chestCentre: Vector3 = [0, 0, -20];

/** Sternum and spine, painted after the lungs' cavity. */
export function axialSkeleton(): readonly SceneObject[] {
  return [
    organ("sternum", cortex, ellipticColumn([0, -94, 0], [17, 5.5], throughMm)),
    organ("sternum-marrow", ribMarrow, ellipticColumn([0, -94, 0], [15, 3.8], throughMm)),
    organ("discs", disc, ellipticColumn([0, 70, 0], [17, 14], throughMm)),
    ...[-3, -2, -1, 0, 1, 2, 3].flatMap((level) => vertebra(level, level * vertebraStepMm)),
    organ("spinal-canal", spinalCanal, ellipticColumn([0, 93, 0], [8, 6.5], throughMm)),
  ];
}

/** The couch: two thin skins on foam, and two rails that are as dense as calcium. */
export function couch(): readonly SceneObject[] {
  return [
    organ("couch-foam", tableFoam, box([0, 133.5, 0], [500, 24, throughMm])),
    organ("couch-top", tableSkin, box([0, 122.5, 0], [500, 2, throughMm])),
    organ("couch-bottom", tableSkin, box([0, 144.5, 0], [500, 2, throughMm])),
    organ("couch-rail-right", rail, box([-110, 149, 0], [14, 7, throughMm])),
    organ("couch-rail-left", rail, box([110, 149, 0], [14, 7, throughMm])),
  ];
}

/** Distance of one vertebra to the next, mm; 19 mm of it are bone. */
const vertebraStepMm = 24;

function vertebra(level: number, z: number): readonly SceneObject[] {
  const body: Vector3 = [0, 70, z];
  return [
    organ(`lamina-${level}`, cortex, ellipticColumn([0, 93, z], [13, 10], 16)),
    organ(`spinous-${level}`, cortex, ellipsoid([0, 105, z - 4], [3.5, 8, 9])),
    organ(`transverse-${level}`, cortex, ellipsoid([0, 90, z], [34, 5, 6])),
    organ(`vertebra-${level}`, cortex, ellipticColumn(body, [18, 15], 19)),
    organ(`vertebra-core-${level}`, cancellous, ellipticColumn(body, [16.5, 13.5], 16)),
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
    organ(`rib-${level}`, cortex, outer),
    organ(`rib-marrow-${level}`, ribMarrow, shell(132.5, 96.5, 4.2)),
    organ(`rib-inner-${level}`, cortex, shell(127.5, 91.5, 6)),
    organ(`costal-cartilage-${level}`, cartilage, intersection(outer, front)),
  ];
}
