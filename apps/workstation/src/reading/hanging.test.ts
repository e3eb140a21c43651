import { expect, test } from "vitest";
import { hangingStages } from "./hanging.ts";
import { madeStack } from "./testing/made-stack.ts";

const phases = [{ name: "temporalPositionIndex", unit: "1", coordinates: [1, 2, 3] }] as const;
const cine = madeStack({ id: "1.1", slices: 6, spacingMm: 8, modality: "MR", axes: phases });
const large = madeStack({ id: "1.2", slices: 60, spacingMm: 2, modality: "MR" });
const small = madeStack({ id: "1.3", slices: 3, spacingMm: 8, modality: "MR" });
const prior = madeStack({ id: "2.1", slices: 6, spacingMm: 8, modality: "MR", axes: phases, studyInstanceUid: "2" });

test("a short-axis cine comes before a larger stack; then all beside each other", () => {
  expect(hangingStages([large, small, cine], "1.2")).toEqual([
    { layout: "1x1", stackIds: ["1.1"] },
    { layout: "2x1", stackIds: ["1.1", "1.2"] },
    { layout: "2x2", stackIds: ["1.1", "1.2", "1.3"] },
  ]);
});

test("a prior hangs beside what it is like", () => {
  const other = madeStack({ id: "2.2", slices: 40, spacingMm: 2, modality: "MR", studyInstanceUid: "2" });
  expect(hangingStages([cine, other, prior], "1.2")[0]).toEqual({ layout: "2x1", stackIds: ["1.1", "2.1"] });
});

test("a study without pictures hangs nothing", () => {
  expect(hangingStages([prior], "1.2")).toEqual([]);
});
