import { readFile } from "node:fs/promises";
import { parseMarks } from "@etalon/measure";

/** A sphere that gives what lies in it to an artery. */
export interface SphereMark {
  readonly label: string;
  /** Patient LPS, mm. */
  readonly centerLpsMm: readonly [number, number, number];
  readonly radiusMm: number;
}

/** The spheres of a marks document, in its order. */
export async function readSphereMarks(path: string): Promise<SphereMark[]> {
  const marks = parseMarks(JSON.parse(await readFile(path, "utf8")));
  return marks.regions.map(({ label, shape }) => {
    if (shape.kind !== "sphere") throw new Error(`${path}: ${label} is no sphere`);
    return { label, centerLpsMm: shape.centerLpsMm, radiusMm: shape.radiusMm };
  });
}
