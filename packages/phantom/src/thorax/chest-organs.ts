import type { SceneObject } from "../rasterise-slice.ts";
import { cylinder, ellipsoid, ellipticColumn, type Solid, type Vector3 } from "../solid.ts";
import { chestCentre } from "./chest-wall.ts";
import { epicardialFatMm, heartAxes, heartCentreLpsMm, heartPoint, heartSemiAxesMm } from "./heart-frame.ts";
import { type Material, organ } from "./organ.ts";

/* What organs are made of: HU chosen within the range of clinical scans at 120 kVp. */
const lung: Material = { tissue: "lung", valueHu: -850 };
const fat: Material = { tissue: "fat", valueHu: -95 };
const soft: Material = { tissue: "soft", valueHu: 40 };
const liver: Material = { tissue: "soft", valueHu: 58 };
const air: Material = { tissue: "air", valueHu: -990 };

/** Lungs and what lies between them, but the heart. */
export function mediastinum(bloodHu: number): readonly SceneObject[] {
  const blood: Material = { tissue: "blood", valueHu: bloodHu };
  return [
    organ("lungs", lung, ellipsoid(chestCentre, [124, 88, 200])),
    ...lungVessels(blood),
    organ("liver", liver, ellipsoid([-58, 6, -97], [60, 70, 55])),
    organ("spleen", soft, ellipsoid([66, 26, -106], [46, 46, 48])),
    organ("mediastinal-fat", fat, ellipticColumn([4, -6, 0], [33, 80], 400)),
    organ("oesophagus", soft, ellipticColumn([4, 45, 0], [7, 5], 400)),
    organ("descending-aorta", blood, ellipticColumn([27, 52, 0], [12, 12], 400)),
    organ("trachea-wall", soft, ellipticColumn([0, 27, 80], [10, 9], 60)),
    organ("trachea", air, ellipticColumn([0, 27, 80], [8.5, 7.5], 60)),
  ];
}

/** Pericardial fat, heart, its chambers and the great vessels. */
export function heart(bloodHu: number): readonly SceneObject[] {
  const enlarged = (byMm: number): Solid => {
    const [a, b, c] = heartSemiAxesMm;
    return ellipsoid(heartCentreLpsMm, [a + byMm, b + byMm, c + byMm], heartAxes);
  };
  const blood: Material = { tissue: "blood", valueHu: bloodHu };
  // Muscle takes up a fifth of the contrast agent of the blood: a plausible phantom, not a measured tissue.
  const muscle: Material = { tissue: "muscle", valueHu: 48 + (bloodHu - 40) / 5 };
  return [
    organ("epicardial-fat", fat, enlarged(epicardialFatMm)),
    organ("superior-vena-cava", blood, ellipticColumn([-27, 4, 60], [9, 10], 70)),
    organ("pulmonary-artery", blood, ellipsoid([0, 8, 63], [50, 9.5, 9.5])),
    organ("pulmonary-trunk", blood, ellipticColumn([22, -42, 50], [12, 12], 44)),
    organ("heart-muscle", muscle, enlarged(0)),
    organ("ascending-aorta", blood, ellipticColumn([-6, -20, 60], [15, 15], 80)),
    chamber("left-ventricle", blood, { at: [0.35, 0.35, -0.2], semiAxesMm: [28, 17, 19] }),
    chamber("right-ventricle", blood, { at: [0.25, -0.42, 0.42], semiAxesMm: [32, 14, 16] }),
    chamber("left-atrium", blood, { at: [-0.5, 0.35, -0.45], semiAxesMm: [17, 19, 17] }),
    chamber("right-atrium", blood, { at: [-0.45, -0.6, -0.05], semiAxesMm: [17, 13, 20] }),
  ];
}

/** A chamber of the heart; `at` are fractions of the heart's semi-axes. */
function chamber(
  id: string,
  blood: Material,
  place: { readonly at: Vector3; readonly semiAxesMm: Vector3 },
): SceneObject {
  const { at, semiAxesMm } = place;
  const length = Math.sqrt(at[0] * at[0] + at[1] * at[1] + at[2] * at[2]);
  const surface = heartPoint(at, 0);
  const centre: Vector3 = [
    heartCentreLpsMm[0] + length * (surface[0] - heartCentreLpsMm[0]),
    heartCentreLpsMm[1] + length * (surface[1] - heartCentreLpsMm[1]),
    heartCentreLpsMm[2] + length * (surface[2] - heartCentreLpsMm[2]),
  ];
  return organ(id, blood, ellipsoid(centre, semiAxesMm, heartAxes));
}

/** Vessels of the lungs: from each hilum outwards, thinner with the distance; directions are unit vectors. */
function lungVessels(blood: Material): readonly SceneObject[] {
  return [-1, 1].flatMap((side) =>
    vesselDirections.flatMap(([x, y, z], index) =>
      vesselPieces.map(({ fromMm, radiusMm, lengthMm }) => {
        const middle = fromMm + lengthMm / 2;
        const centre: Vector3 = [side * (34 + x * middle), 14 + y * middle, 18 + z * middle];
        return organ(
          `lung-vessel-${side}-${index}-${fromMm}`,
          blood,
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
