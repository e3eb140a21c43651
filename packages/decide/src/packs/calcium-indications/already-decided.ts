import type { Condition } from "../../engine/condition.ts";
import type { FactId } from "../../facts/definitions.ts";

/** Known and so: never unknown, so that a class nobody gave stands in nobody's way. */
const known = (fact: FactId, is: string): Condition => ({
  all: [
    { fact, given: true },
    { fact, is },
  ],
});

/**
 * Risk that is high enough to treat whatever a score says. High risk in diabetes is not (SFC/SFD scores exactly those a
 * priori high), nor is the ESC 2021 category "high", which ESC/EAS 2025 calls moderate below 10 %.
 */
export const knownHighRisk: Condition = {
  any: [
    known("risk-class", "very-high"),
    { all: [known("risk-class", "high"), { not: known("diabetes-a-priori-risk", "high") }] },
    known("score2-category", "very-high"),
    known("diabetes-a-priori-risk", "very-high"),
    {
      all: [
        { fact: "ten-year-ascvd-risk", given: true },
        { fact: "ten-year-ascvd-risk", unit: "%", atLeast: 20 },
      ],
    },
  ],
};

/** Symptoms have their own tests: they must be known to be absent before a score is indicated. */
export const asymptomaticAndUndecided: readonly Condition[] = [
  { fact: "symptomatic", is: false },
  { not: knownHighRisk },
];
