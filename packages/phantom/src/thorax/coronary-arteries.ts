import type { SceneObject } from "../rasterise-slice.ts";
import { cylinder, ellipsoid, type Vector3 } from "../solid.ts";
import { heartPoint } from "./heart-frame.ts";

/** The coronary arteries by the names of the score's sites. */
export type ArteryLabel = "LM" | "LAD" | "LCX" | "RCA";

/** Distance of the arteries' axes from the heart muscle, mm: they run in the fat. */
export const arteryOutsideMm = 4;

/** Radius of an artery's lumen, mm. */
const arteryRadiusMm = 1.75;

/** Where the arteries run: directions from the heart's centre along its own axes (see `heartPoint`). */
export const arteryCourses: Readonly<Record<ArteryLabel, readonly Vector3[]>> = {
  LM: [
    [-0.62, 0.5, 0.6],
    [-0.4, 0.7, 0.6],
  ],
  LAD: [
    [-0.4, 0.7, 0.6],
    [-0.1, 0.6, 0.79],
    [0.1, 0.5, 0.86],
    [0.3, 0.4, 0.87],
    [0.5, 0.3, 0.81],
    [0.7, 0.2, 0.69],
    [0.93, 0.1, 0.35],
  ],
  LCX: [
    [-0.4, 0.7, 0.6],
    [-0.3, 0.9, 0.3],
    [-0.25, 0.95, 0.05],
    [-0.2, 0.95, -0.25],
    [-0.2, 0.8, -0.56],
    [-0.2, 0.5, -0.84],
  ],
  RCA: [
    [-0.55, -0.15, 0.82],
    [-0.3, -0.5, 0.81],
    [-0.15, -0.75, 0.65],
    [-0.1, -0.92, 0.38],
    [0, -1, 0],
    [0, -0.9, -0.43],
    [0, -0.6, -0.8],
  ],
};

/** The arteries as chains of straight pieces with round joints. */
export function coronaryArteries(bloodHu: number): readonly SceneObject[] {
  return Object.entries(arteryCourses).flatMap(([label, course]) => {
    const points = course.map((direction) => heartPoint(direction, arteryOutsideMm));
    const joints = points.map((point, index) =>
      lumen(`${label}-joint-${index}`, bloodHu, ellipsoid(point, [arteryRadiusMm, arteryRadiusMm, arteryRadiusMm])),
    );
    const pieces = points.slice(1).map((end, index) => lumen(`${label}-${index}`, bloodHu, piece(points[index], end)));
    return [...joints, ...pieces];
  });
}

function lumen(id: string, valueHu: number, solid: SceneObject["solid"]): SceneObject {
  return { id, tissue: "blood", valueHu, solid, detail: "fine" };
}

function piece(start: Vector3, end: Vector3): SceneObject["solid"] {
  const [dx, dy, dz] = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
  const lengthMm = Math.sqrt(dx * dx + dy * dy + dz * dz);
  const centre: Vector3 = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2, (start[2] + end[2]) / 2];
  return cylinder(centre, [dx / lengthMm, dy / lengthMm, dz / lengthMm], { radiusMm: arteryRadiusMm, lengthMm });
}
