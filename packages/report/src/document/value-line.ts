import type { RuleValue, Verdict } from "@etalon/decide";
import type { Line } from "./document.ts";
import { literal, number, textOf, words } from "./inline.ts";
import { ruleOf } from "./rule-of.ts";

/** One key of a verdict's value: a number with its unit, the text of a code, yes or no. */
export function valueLine(verdict: Verdict, key: string): Line {
  const value = verdict.value?.[key];
  if (value === undefined) return [];
  const declaration = ruleOf(verdict)?.values[key];
  if (typeof value === "number") {
    const digits = declaration?.digits === undefined ? {} : { digits: declaration.digits };
    return [number({ value, unit: declaration?.unit ?? "1", ...digits }, { kind: "verdict", rule: verdict.rule, key })];
  }
  if (typeof value === "string") {
    const text = declaration?.codes?.[value];
    return [text === undefined ? literal(value) : textOf(text)];
  }
  return [truth(value)];
}

/** Every key of a verdict's value, each with its title. */
export function valueLines(verdict: Verdict): readonly Line[] {
  const declarations = ruleOf(verdict)?.values ?? {};
  return Object.keys(verdict.value ?? {}).map((key) => {
    const title = declarations[key]?.title ?? { en: key, fr: key };
    return [textOf({ en: `${title.en}: `, fr: `${title.fr} : ` }), ...valueLine(verdict, key)];
  });
}

function truth(value: Exclude<RuleValue, number | string>) {
  return value ? words("yes", "oui") : words("no", "non");
}
