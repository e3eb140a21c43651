import { canonicalJson } from "@etalon/base";
import { buildReceivedInstance } from "@etalon/testing";
import { expect, it } from "vitest";
import { buildLedger } from "./build-ledger.ts";
import { ledgerSummary } from "./ledger-summary.ts";

it("counts what was received and describes each stack", () => {
  const header = { seriesDescription: "CaSc 3.0", tubeVoltageKv: 120, convolutionKernel: "FC12" };
  const slices = [0, 3, 6].map((z) =>
    buildReceivedInstance(`s${z}`, { ...header, frames: [{ positionLpsMm: [0, 0, z] }] }),
  );
  const summary = ledgerSummary(
    buildLedger(
      [...slices, { path: "a.txt", sizeBytes: 1, reason: { code: "not-dicom" } }, { ...slices[0], path: "copy" }],
      new Map(),
    ),
  );
  expect(summary).toMatchObject({
    received: 5,
    placed: 3,
    unplaced: { "not-dicom": 1, "identical-copy": 1 },
    stacks: [
      {
        id: "1.2.3.4",
        modality: ["CT"],
        description: ["CaSc 3.0"],
        columns: 4,
        rows: 4,
        slices: 3,
        frames: 3,
        pixelSpacingMm: [1, 1],
        sliceSpacingMm: 3,
        sliceThicknessMm: [3],
        tubeVoltageKv: [120],
        convolutionKernel: ["FC12"],
        axes: [],
        hasUnresolvedDuplicates: false,
        undecided: [],
      },
    ],
    notes: [{ code: "identical-copy-dropped" }],
  });
  expect(() => canonicalJson(summary)).not.toThrow();
});
