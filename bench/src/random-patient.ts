import { type Facts, type GivenFact, parseFacts } from "@etalon/decide";

/** Numbers evenly spread over [0, 1), the same for the same seed (Numerical Recipes, 2nd edition, section 7.1, "quick and dirty"). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A made-up person with every fact that the risk equations ask for; about one fact in twenty is not known. */
export function randomPatient(random: () => number): Facts {
  const between = (low: number, high: number) => low + random() * (high - low);
  const truth = (id: string, share: number): GivenFact => ({ id, value: random() < share });
  const among = (id: string, choices: readonly string[]): GivenFact => ({
    id,
    value: choices[Math.floor(random() * choices.length)] ?? "",
  });
  const hasCalcium = random() < 0.6;
  const isDiabetic = random() < 0.2;
  const age = Math.floor(between(30, 90));
  const facts: readonly GivenFact[] = [
    { id: "age", value: age, unit: "a" },
    among("sex", ["male", "female"]),
    among("ethnicity", ["white", "black", "hispanic", "chinese", "other"]),
    { id: "agatston-score", value: hasCalcium ? between(0.5, 2000) * random() : 0 },
    { id: "total-cholesterol", value: between(130, 320), unit: "mg/dL" },
    { id: "hdl-cholesterol", value: between(25, 100), unit: "mg/dL" },
    { id: "ldl-cholesterol", value: between(0.5, 1.2), unit: "g/L" },
    { id: "systolic-blood-pressure", value: between(95, 190), unit: "mm[Hg]" },
    { id: "egfr", value: between(20, 120), unit: "mL/min/{1.73_m2}" },
    { id: "bmi", value: between(18.5, 40), unit: "kg/m2" },
    { id: "diabetes", value: isDiabetic },
    ...(isDiabetic
      ? [
          { id: "diabetes-age", value: Math.floor(between(20, age)), unit: "a" },
          { id: "hba1c", value: between(40, 90), unit: "mmol/mol" },
        ]
      : []),
    truth("current-smoker", 0.25),
    truth("family-history-heart-attack", 0.3),
    truth("premature-family-history", 0.1),
    truth("familial-hypercholesterolaemia", 0.01),
    truth("symptomatic", 0.1),
    truth("blood-pressure-medication", 0.4),
    among("risk-region", ["low", "moderate", "high", "very-high"]),
    among("bleeding-risk", ["low", "high"]),
  ];
  return parseFacts({ schema: "etalon.facts/1", facts: facts.filter(() => random() > 0.05) });
}
