import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  buildCtSeries,
  buildThoraxPhantom,
  type CtSeries,
  type PhantomFile,
  type PhantomMarks,
  type ThoraxPhantomOptions,
  thoraxPhantomDefaults,
} from "@etalon/phantom";

/** A thorax of 46 slices on a small grid: 128 × 128 pixels over 320 mm, 3 mm slices. */
export function smallThorax(options: Partial<ThoraxPhantomOptions> = {}): {
  readonly files: readonly PhantomFile[];
  readonly marks: PhantomMarks;
} {
  const { files, marks } = buildThoraxPhantom({ ...thoraxPhantomDefaults, columns: 128, rows: 128, ...options });
  return { files: [...files], marks };
}

/** Side of {@link tinySeries}, pixels of 1 mm. */
export const TINY_SIDE = 16;

/**
 * Axial CT of 16 × 16 pixels of 1 mm, 3 mm slices of water with one square of 4 × 4 pixels of `calciumHu` in the second
 * slice: 16 mm², so with 250 HU (weight 2) an Agatston score of 32 and a volume of 48 mm³. There is no chest around it: it
 * counts only with {@link tinyMarks}.
 */
export function tinySeries(
  options: {
    readonly identity?: string;
    readonly slices?: number;
    readonly calciumHu?: number;
    readonly attributes?: NonNullable<CtSeries["attributes"]>;
  } = {},
): PhantomFile[] {
  const { identity = "tiny", slices = 4, calciumHu = 250, attributes } = options;
  return [
    ...buildCtSeries({
      identity,
      columns: TINY_SIDE,
      rows: TINY_SIDE,
      pixelSpacingMm: [1, 1],
      orientation: [1, 0, 0, 0, 1, 0],
      thicknessMm: 3,
      kvp: 120,
      ...(attributes === undefined ? {} : { attributes }),
      slices: Array.from({ length: slices }, (_, index) => ({
        values: tinySlice(index === 1 ? calciumHu : 0),
        positionLpsMm: [0, 0, 3 * index] as const,
        instanceNumber: index + 1,
      })),
    }),
  ];
}

function tinySlice(calciumHu: number): Int16Array {
  const values = new Int16Array(TINY_SIDE * TINY_SIDE);
  for (let row = 6; row < 10; row++) values.fill(calciumHu, row * TINY_SIDE + 6, row * TINY_SIDE + 10);
  return values;
}

/** Marks that assign the lesion of {@link tinySeries} to the LAD. */
export const tinyMarks = {
  schema: "etalon.marks/1",
  regions: [{ id: "a", label: "LAD", shape: { kind: "sphere", centerLpsMm: [7.5, 7.5, 3], radiusMm: 4 } }],
} as const;

/** Writes files into a folder, made where it is missing; answers with the folder. */
export function writeFiles(folder: string, files: readonly PhantomFile[]): string {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of files) writeAt(join(folder, name), bytes);
  return folder;
}

/** Writes one file and the folders it lies in; answers with its path. */
export function writeAt(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
