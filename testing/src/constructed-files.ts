import { buildCtSeries, type PhantomFile } from "@etalon/phantom";
import { type ConstructedCt, constructedValues } from "./constructed-ct.ts";

/** Attributes by keyword that a test wants otherwise. */
type Attributes = NonNullable<Parameters<typeof buildCtSeries>[0]["attributes"]>;

/** A constructed CT as Part 10 files, one per slice from the first on; the same UIDs for the same identity. */
export function buildConstructedFiles(
  ct: ConstructedCt,
  { identity = "constructed", attributes = {} }: { readonly identity?: string; readonly attributes?: Attributes } = {},
): readonly PhantomFile[] {
  const { columns = 4, rows = 4, slices = 2, spacingMm = 1, incrementMm = 3, thicknessMm = incrementMm } = ct;
  const values = constructedValues(ct);
  return [
    ...buildCtSeries({
      identity,
      columns,
      rows,
      pixelSpacingMm: [spacingMm, spacingMm],
      orientation: [1, 0, 0, 0, 1, 0],
      thicknessMm,
      kvp: ct.tubeVoltageKv ?? 120,
      attributes,
      slices: Array.from({ length: slices }, (_, k) => ({
        values: values.subarray(k * columns * rows, (k + 1) * columns * rows),
        positionLpsMm: [0, 0, k * incrementMm],
        instanceNumber: k + 1,
      })),
    }),
  ];
}
