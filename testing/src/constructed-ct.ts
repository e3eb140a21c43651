import { sha256Hex } from "@etalon/base";
import { buildLedger, type FrameReader, type Ledger, type ReceivedInstance } from "@etalon/volume";
import { buildReceivedInstance } from "./received-instance.ts";

/** Voxels of one density: first and last index on each axis, both included. */
export interface ConstructedBox {
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
  readonly slices: readonly [number, number];
  readonly hu: number;
}

/** What a test says of a constructed CT; the rest is 4 × 4 × 2 voxels of 1 × 1 × 3 mm at 40 HU, 120 kVp. */
export interface ConstructedCt {
  readonly columns?: number;
  readonly rows?: number;
  readonly slices?: number;
  /** Side of the square pixels, mm. */
  readonly spacingMm?: number;
  readonly incrementMm?: number;
  readonly thicknessMm?: number;
  /** `null`: the header does not say. */
  readonly tubeVoltageKv?: number | null;
  readonly kernel?: string;
  readonly contrastAgent?: string;
  /** Whether rows run from the patient's back to the front; then row j lies at −j · spacing. */
  readonly areRowsFromBack?: boolean;
  readonly backgroundHu?: number;
  /** Filled in order, later ones over earlier ones. */
  readonly boxes?: readonly ConstructedBox[];
  /** All voxels at once instead of background and boxes, HU, shape [slice, row, column]. */
  readonly values?: Int16Array;
}

/** A constructed study: what was received, and its pixels. */
export interface ConstructedStudy {
  readonly received: readonly ReceivedInstance[];
  readonly ledger: Ledger;
  readonly readFrame: FrameReader;
}

/**
 * An axial CT filled with boxes. Voxel (column i, row j, slice k) lies at (i · spacing, j · spacing, k · increment) mm,
 * LPS, k counting from the first slice.
 */
export function buildConstructedCt(ct: ConstructedCt = {}): ConstructedStudy {
  const { columns = 4, rows = 4, slices = 2, spacingMm = 1, incrementMm = 3, thicknessMm = incrementMm } = ct;
  const { tubeVoltageKv = 120, kernel, contrastAgent } = ct;
  const values = constructedValues(ct);
  const pixels = new Map<string, Int16Array>();
  const received = Array.from({ length: slices }, (_, k) => {
    const samples = values.subarray(k * columns * rows, (k + 1) * columns * rows);
    const path = `slice-${k + 1}`;
    pixels.set(path, samples);
    return buildReceivedInstance(
      path,
      {
        columns,
        rows,
        ...(tubeVoltageKv !== null && { tubeVoltageKv }),
        ...(kernel !== undefined && { convolutionKernel: kernel }),
        ...(contrastAgent !== undefined && { contrastBolusAgent: contrastAgent }),
        frames: [
          {
            positionLpsMm: [0, 0, k * incrementMm],
            orientation: [1, 0, 0, 0, ct.areRowsFromBack === true ? -1 : 1, 0],
            pixelSpacingMm: [spacingMm, spacingMm],
            sliceThicknessMm: thicknessMm,
          },
        ],
      },
      sha256Hex(new Uint8Array(samples.slice().buffer)),
    );
  });
  return {
    received,
    ledger: buildLedger(received, new Map()),
    readFrame: async ({ instance: { path } }) => ({
      samples: pixels.get(path) ?? new Int16Array(0),
      rows,
      columns,
      samplesPerPixel: 1,
      photometricInterpretation: "MONOCHROME2",
      isLossy: false,
    }),
  };
}

/** The voxels of a constructed CT, HU, shape [slice, row, column]. */
export function constructedValues(ct: ConstructedCt): Int16Array {
  const { columns = 4, rows = 4, slices = 2 } = ct;
  if (ct.values !== undefined) return ct.values;
  const values = new Int16Array(columns * rows * slices).fill(ct.backgroundHu ?? 40);
  for (const box of ct.boxes ?? []) fillBox(values, box, { columns, rows });
  return values;
}

function fillBox(
  values: Int16Array,
  { columns: [i0, i1], rows: [j0, j1], slices: [k0, k1], hu }: ConstructedBox,
  size: { readonly columns: number; readonly rows: number },
): void {
  for (let k = k0; k <= k1; k++) {
    for (let j = j0; j <= j1; j++) {
      const line = (k * size.rows + j) * size.columns;
      values.fill(hu, line + i0, line + i1 + 1);
    }
  }
}
