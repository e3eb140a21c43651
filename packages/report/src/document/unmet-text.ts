import type { Language, Text } from "@etalon/base";
import {
  type Condition,
  conditionInWords,
  definitionOf,
  factsOfRule,
  type Rule,
  type TraceNode,
  type Verdict,
} from "@etalon/decide";
import { shownNumber } from "../text/shown-number.ts";
import { shownUnit } from "../text/shown-unit.ts";
import { ruleOf } from "./rule-of.ts";

/**
 * Why a rule does not apply: what it takes for granted and is known to be broken, else the parts of its condition that
 * are false. What a sensitive fact was compared with is left out: it would give the fact away.
 */
export function unmetText(verdict: Verdict): Text {
  const rule = ruleOf(verdict);
  if (rule === undefined) return merged(verdict.caveats);
  const [node] = verdict.trace;
  const unmet = node === undefined ? [] : falseParts(rule.when, node);
  if (unmet.length === 0) return merged(verdict.caveats);
  return { en: unmetIn("en", unmet, rule), fr: unmetIn("fr", unmet, rule) };
}

function unmetIn(language: Language, unmet: readonly Condition[], rule: Rule): string {
  const wording = {
    language,
    showUnit: (unit: string) => shownUnit(unit, language),
    showNumber: (value: number) => shownNumber(value, language),
  };
  const sensitive = factsOfRule(rule).filter((id) => definitionOf(id).isSensitive === true);
  const list = unmet.map((condition) => {
    const hidden = sensitive.find((id) => JSON.stringify(condition).includes(`"${id}"`));
    return hidden === undefined ? conditionInWords(condition, wording) : definitionOf(hidden).title[language];
  });
  return `${language === "fr" ? "condition non remplie : " : "condition not met: "}${list.join(language === "fr" ? " ; " : "; ")}`;
}

/** The smallest parts of a condition whose falsehood makes it false. */
function falseParts(condition: Condition, node: TraceNode): readonly Condition[] {
  if (node.truth !== false) return [];
  if (!("all" in condition)) return [condition];
  return condition.all.flatMap((part, index) => {
    const partNode = node.parts?.[index];
    return partNode === undefined ? [] : falseParts(part, partNode);
  });
}

function merged(texts: readonly Text[]): Text {
  return { en: texts.map(({ en }) => en).join(" "), fr: texts.map(({ fr }) => fr).join(" ") };
}
