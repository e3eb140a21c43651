import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { shemesh } from "./pack.ts";

const total = (given: Given) => askRule([shemesh], "shemesh/total", given);

it("cac.shemesh.1: 1, 3, 1 and 2 are 7, in the class 7-12", () => {
  const grades: Given = { "shemesh-lm": 1, "shemesh-lad": 3, "shemesh-lcx": 1, "shemesh-rca": 2 };
  expect(total(grades).value).toEqual({ total: 7, category: "7-12" });
});

describe("the classes of reference 01, chest_ct.shemesh", () => {
  it.each([
    [0, "0"],
    [1, "1-3"],
    [3, "1-3"],
    [4, "4-6"],
    [6, "4-6"],
    [7, "7-12"],
    [12, "7-12"],
  ])("%d is in %s", (sum, category) => {
    const grade = (already: number): number => Math.max(0, Math.min(3, sum - already));
    const grades: Given = {
      "shemesh-lm": grade(0),
      "shemesh-lad": grade(3),
      "shemesh-lcx": grade(6),
      "shemesh-rca": grade(9),
    };
    expect(total(grades).value).toEqual({ total: sum, category });
  });
});

it("names the artery whose grade is missing", () => {
  expect(total({ "shemesh-lm": 1, "shemesh-lad": 3, "shemesh-rca": 2 })).toMatchObject({
    outcome: "undetermined",
    missing: ["shemesh-lcx"],
  });
});
