import { outsideRange } from "../../engine/outside-range.ts";
import type { Caveat } from "../../engine/rule.ts";

/**
 * Ranges of the PREVENT calculator, confirmed in github:bcjaeger/PooledCohort R/prevent.R. The package preventr ends blood
 * pressure at 180 mmHg, a clinical choice of its author, who says that the equations go to 200.
 */
export const outsidePreventRanges: readonly Caveat[] = [
  outsideRange({
    fact: "total-cholesterol",
    unit: "mg/dL",
    from: 130,
    to: 320,
    shown: { en: "130–320 mg/dL", fr: "130–320 mg/dL" },
  }),
  outsideRange({
    fact: "hdl-cholesterol",
    unit: "mg/dL",
    from: 20,
    to: 100,
    shown: { en: "20–100 mg/dL", fr: "20–100 mg/dL" },
  }),
  outsideRange({
    fact: "systolic-blood-pressure",
    unit: "mm[Hg]",
    from: 90,
    to: 200,
    shown: { en: "90–200 mmHg", fr: "90–200 mmHg" },
  }),
  outsideRange({
    fact: "bmi",
    unit: "kg/m2",
    from: 18.5,
    to: 40,
    shown: { en: "18.5–40 kg/m²", fr: "18,5–40 kg/m²" },
  }),
  outsideRange({
    fact: "egfr",
    unit: "mL/min/{1.73_m2}",
    from: 15,
    to: 140,
    shown: { en: "15–140 mL/min/1.73 m²", fr: "15–140 mL/min/1,73 m²" },
  }),
];
