import type { Facts } from "../../facts/facts.ts";

const ethnicities = ["white", "black", "hispanic", "chinese"] as const;

/** An ethnicity as MESA asked it: the four that took part. */
export type MesaEthnicity = (typeof ethnicities)[number];

/** One of the eight groups whose scores the reference distribution describes. */
export interface MesaStratum {
  readonly sex: "male" | "female";
  readonly ethnicity: MesaEthnicity;
}

/** The stratum that a person belongs to; absent where a fact is missing or names none of the tables. */
export function mesaStratumOfFacts(facts: Facts): MesaStratum | undefined {
  const [sex, given] = [facts.get("sex")?.value, facts.get("ethnicity")?.value];
  const ethnicity = ethnicities.find((one) => one === given);
  return (sex === "male" || sex === "female") && ethnicity !== undefined ? { sex, ethnicity } : undefined;
}
