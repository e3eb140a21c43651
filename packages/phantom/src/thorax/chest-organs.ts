import type { SceneObject } from "../rasterise-slice.ts";
import { cylinder, ellipsoid, ellipticColumn, type Solid, type Vector3 } from "../solid.ts";
import { chestCentre } from "./chest-wall.ts";
import { epicardialFatMm, heartAxes, heartCentreLpsMm, heartPoint, heartSemiAxesMm } from "./heart-frame.ts";

/** HU of what is homogeneous, chosen within the range of clinical scans at 120 kVp. */
const hu = { lung: -850, fat: -95, soft: 40, liver: 58, air: -990 } as const;

/** Lungs and what lies between them, but the heart. */
export function mediastinum(bloodHu: number): readonly SceneObject[] {
  return [
    organ("lungs", "lung", hu.lung, ellipsoid(chestCentre, [124, 88, 200])),
    ...lungVessels(bloodHu),
    organ("liver", "soft", hu.liver, ellipsoid([-58, 6, -97], [60, 70, 55])),
    organ("spleen", "soft", hu.soft, ellipsoid([66, 26, -106], [46, 46, 48])),
    organ("mediastinal-fat", "fat", hu.fat, ellipticColumn([4, -6, 0], [33, 80], 400)),
    organ("oesophagus", "soft", hu.soft, ellipticColumn([4, 45, 0], [7, 5], 400)),
    organ("descending-aorta", "blood", bloodHu, ellipticColumn([27, 52, 0], [12, 12], 400)),
    organ("trachea-wall", "soft", hu.soft, ellipticColumn([0, 27, 80], [10, 9], 60)),
    organ("trachea", "air", hu.air, ellipticColumn([0, 27, 80], [8.5, 7.5], 60)),
  ];
}

/** Pericardial fat, heart, its chambers and the great vessels. */
export function heart(bloodHu: number): readonly SceneObject[] {
  const enlarged = (byMm: number): Solid => {
    const [a, b, c] = heartSemiAxesMm;
    return ellipsoid(heartCentreLpsMm, [a + byMm, b + byMm, c + byMm], heartAxes);
  };
  return [
    organ("epicardial-fat", "fat", hu.fat, enlarged(epicardialFatMm)),
    organ("superior-vena-cava", "blood", bloodHu, ellipticColumn([-27, 4, 60], [9, 10], 70)),
    organ("pulmonary-artery", "blood", bloodHu, cylinder([0, 8, 63], [1, 0, 0], { radiusMm: 9, lengthMm: 90 })),
    organ("pulmonary-trunk", "blood", bloodHu, ellipticColumn([22, -42, 50], [12, 12], 44)),
    organ("heart-muscle", "muscle", myocardiumHu(bloodHu), enlarged(0)),
    organ("ascending-aorta", "blood", bloodHu, ellipticColumn([-6, -20, 60], [15, 15], 80)),
    chamber("left-ventricle", [0.35, 0.35, -0.2], [28, 17, 19], bloodHu),
    chamber("right-ventricle", [0.25, -0.42, 0.42], [32, 14, 16], bloodHu),
    chamber("left-atrium", [-0.5, 0.35, -0.45], [17, 19, 17], bloodHu),
    chamber("right-atrium", [-0.45, -0.6, -0.05], [17, 13, 20], bloodHu),
  ];
}

/** Muscle takes up a fifth of the contrast agent of the blood: a plausible phantom, not a measured tissue. */
function myocardiumHu(bloodHu: number): number {
  return 48 + (bloodHu - 40) / 5;
}

/** A chamber of the heart; `at` are fractions of the heart's semi-axes. */
function chamber(id: string, at: Vector3, semiAxesMm: Vector3, bloodHu: number): SceneObject {
  const length = Math.sqrt(at[0] * at[0] + at[1] * at[1] + at[2] * at[2]);
  const surface = heartPoint(at, 0);
  const centre: Vector3 = [
    heartCentreLpsMm[0] + length * (surface[0] - heartCentreLpsMm[0]),
    heartCentreLpsMm[1] + length * (surface[1] - heartCentreLpsMm[1]),
    heartCentreLpsMm[2] + length * (surface[2] - heartCentreLpsMm[2]),
  ];
  return organ(id, "blood", bloodHu, ellipsoid(centre, semiAxesMm, heartAxes));
}

/** Vessels of the lungs: from each hilum outwards, thinner with the distance; directions are unit vectors. */
function lungVessels(bloodHu: number): readonly SceneObject[] {
  return [-1, 1].flatMap((side) =>
    vesselDirections.flatMap(([x, y, z], index) =>
      vesselPieces.map(({ fromMm, radiusMm, lengthMm }) => {
        const middle = fromMm + lengthMm / 2;
        const centre: Vector3 = [side * (34 + x * middle), 14 + y * middle, 18 + z * middle];
        return organ(
          `lung-vessel-${side}-${index}-${fromMm}`,
          "blood",
          bloodHu,
          cylinder(centre, [side * x, y, z], { radiusMm, lengthMm }),
        );
      }),
    ),
  );
}

const vesselPieces = [
  { fromMm: 0, radiusMm: 3.5, lengthMm: 22 },
  { fromMm: 20, radiusMm: 2.2, lengthMm: 18 },
  { fromMm: 36, radiusMm: 1.4, lengthMm: 16 },
] as const;

const vesselDirections: readonly Vector3[] = [
  [0.8, 0.6, 0],
  [0.8, -0.6, 0],
  [0.6, 0, 0.8],
  [0.6, 0, -0.8],
  [0.64, 0.48, 0.6],
  [0.64, 0.48, -0.6],
  [0.64, -0.48, 0.6],
  [0.36, 0.48, -0.8],
  [0.96, 0.28, 0],
];

function organ(id: string, tissue: string, valueHu: number, solid: Solid): SceneObject {
  return { id, tissue, valueHu, solid, detail: "coarse" };
}
