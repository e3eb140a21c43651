import { describe, expect, it } from "vitest";
import { flowAccuracy, flowRuns, flowTruths } from "./flow-accuracy.ts";

// Issue 7: truth 0.5 to 5, at least 200 runs each, SNR 20 = peak of the myocardium over σ. docs/flow-accuracy.md prints all.
describe("flows of noisy curves", () => {
  it.each(flowTruths)("%s, of the fitted model: the median within 10 %%", (truth) => {
    const { median, converged } = flowAccuracy("fermi", truth);
    expect(flowRuns).toBeGreaterThanOrEqual(200);
    expect(converged).toBeGreaterThan(0.95 * flowRuns);
    expect(Math.abs(median / truth - 1)).toBeLessThan(0.1);
  });

  // Of another model the bias is what it is: bounded only by what would be no measurement.
  it.each(flowTruths)("%s, of two compartments that exchange: not off by more than half and a little", (truth) => {
    const { median, converged } = flowAccuracy("exchange", truth);
    expect(converged).toBeGreaterThan(0.95 * flowRuns);
    expect(Math.abs(median / truth - 1)).toBeLessThan(0.6);
  });
});
