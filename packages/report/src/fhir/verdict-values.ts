import type { Language } from "@etalon/base";
import { definitionOf, isFactId, type RuleValue, type Verdict } from "@etalon/decide";
import { ruleOf } from "../document/rule-of.ts";
import { shownUnit } from "../text/shown-unit.ts";
import { codingOf, etalonCoding, hl7Coding } from "./code-systems.ts";
import type { CodeableConcept, Coding, ObservationComponent } from "./fhir-types.ts";
import { shownText } from "./shown-text.ts";
import { verdictWords } from "./verdict-words.ts";

/** A code that a scale gives, with its text: `calcium-categories/guideline#category=100-399`. */
export function bandConcept(
  { rule, key, code }: { readonly rule: string; readonly key: string; readonly code: string },
  language: Language,
): CodeableConcept {
  const text = ruleOf({ rule })?.values[key]?.codes?.[code];
  return {
    coding: [etalonCoding(`${rule}#${key}=${code}`, code)],
    text: text === undefined ? code : shownText(text, language),
  };
}

/** What one key of a verdict's value is. */
export function keyConcept(rule: string, key: string, language: Language): CodeableConcept {
  const title = ruleOf({ rule })?.values[key]?.title;
  return { coding: [etalonCoding(`${rule}#${key}`)], text: title === undefined ? key : shownText(title, language) };
}

/**
 * What a verdict says beside its outcome, in codes: each key of its value; each missing fact, its value absent as `unknown`;
 * each sensitive fact it was computed from, its value absent as `masked`; class and level where the document gives one.
 */
export function verdictComponents(verdict: Verdict, language: Language): readonly ObservationComponent[] {
  const { rule, value = {}, missing = [], needsAgain = [] } = verdict;
  return [
    ...Object.entries(value).map(([key, one]) => ({
      code: keyConcept(rule, key, language),
      ...valueMember({ rule, key, value: one }, language),
    })),
    ...missing.map((fact) => absentFact(fact, hl7Coding("data-absent-reason", "unknown", "Unknown"), language)),
    ...needsAgain
      .filter((fact) => !missing.includes(fact))
      .map((fact) => absentFact(fact, hl7Coding("data-absent-reason", "masked", "Masked"), language)),
    ...(["class", "level"] as const)
      .filter((name) => verdict[name] !== "none")
      .map((name) => ({
        code: { coding: [etalonCoding(name)], text: shownText(verdictWords[name], language) },
        valueCodeableConcept: {
          coding: [etalonCoding(`${name}=${verdict[name]}`, verdict[name])],
          text: verdict[name],
        },
      })),
  ];
}

function valueMember(
  { rule, key, value }: { readonly rule: string; readonly key: string; readonly value: RuleValue },
  language: Language,
): Omit<ObservationComponent, "code"> {
  if (typeof value === "boolean") return { valueBoolean: value };
  if (typeof value === "string") return { valueCodeableConcept: bandConcept({ rule, key, code: value }, language) };
  const unit = ruleOf({ rule })?.values[key]?.unit ?? "1";
  return {
    valueQuantity: {
      value,
      unit: shownUnit(unit, language) || unit,
      system: "http://unitsofmeasure.org",
      code: unit,
    },
  };
}

function absentFact(fact: string, reason: Coding, language: Language): ObservationComponent {
  const own = etalonCoding(`fact/${fact}`);
  const definition = isFactId(fact) ? definitionOf(fact) : undefined;
  return {
    code: {
      coding: [...(definition?.code === undefined ? [] : [codingOf(definition.code)]), own],
      text: definition === undefined ? fact : shownText(definition.title, language),
    },
    dataAbsentReason: { coding: [reason] },
  };
}
