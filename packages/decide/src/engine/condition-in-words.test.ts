import { expect, it } from "vitest";
import type { Condition } from "./condition.ts";
import { conditionInWords, type Wording } from "./condition-in-words.ts";

const wording = (language: "en" | "fr"): Wording => ({
  language,
  showUnit: (unit) => (unit === "a" ? (language === "fr" ? "ans" : "years") : ""),
  showNumber: (value) => new Intl.NumberFormat(language).format(value),
});

const condition: Condition = {
  all: [
    { fact: "age", unit: "a", atLeast: 45, below: 84.5 },
    {
      any: [
        { fact: "sex", is: "female" },
        { fact: "diabetes", is: false },
      ],
    },
    { not: { fact: "ethnicity", given: true } },
  ],
};

it("speaks both languages", () => {
  expect(conditionInWords(condition, wording("en"))).toBe(
    "Age ≥ 45 years and < 84.5 years and (Sex: female or Diabetes: no) and not (Ethnicity, as the MESA study asked: known)",
  );
  expect(conditionInWords(condition, wording("fr"))).toBe(
    "Âge ≥ 45 ans et < 84,5 ans et (Sexe\u00A0: femme ou Diabète\u00A0: non) et non (Origine, selon la question de l'étude MESA\u00A0: connu)",
  );
});
