import type { CodedConcept } from "./coded-concept.ts";

/** Meanings as PS3.16 writes them (CID 7181 and the context groups of measurements). */
const meanings: Readonly<Record<string, string>> = {
  "1": "no units",
  "%": "Percent",
  "[arb'U]": "arbitrary unit",
  "[hnsf'U]": "Hounsfield Unit",
  "cm/s": "centimeter/second",
  "{ratio}": "ratio",
  mg: "milligram",
  ml: "milliliter",
  mm: "millimeter",
  mm2: "square millimeter",
  mm3: "cubic millimeter",
  ms: "millisecond",
  s: "second",
};

/** A UCUM unit as a code. What stands in braces is its own meaning; other units that PS3.16 gives no words mean their code. */
export function unitConcept(unit: string): CodedConcept {
  const annotation = /^\{([^{}]+)\}$/.exec(unit)?.[1];
  const meaning = Object.hasOwn(meanings, unit) ? meanings[unit] : (annotation ?? unit);
  return { value: unit, scheme: "UCUM", meaning };
}
