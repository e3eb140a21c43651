import type { Language } from "@etalon/base";
import {
  catalog,
  conditionInWords,
  definitionOf,
  isFactId,
  minocaDeskOf,
  type Rule,
  type RuleValue,
  type TraceNode,
  type ValueDeclaration,
  type Verdict,
  type Verdicts,
} from "@etalon/decide";
import { shownNumber, shownUnit } from "@etalon/report/text";
import { deskText } from "./desk-text.ts";
import { authorityLines, wordingIn } from "./rule-text.ts";

const words = {
  en: {
    applies: "Applies",
    undetermined: "Undetermined",
    "does-not": "Does not apply",
    missing: "needs",
    asks: "asks for",
    again: "can be computed again only with this given again",
    yes: "yes",
    no: "no",
    colon: ": ",
    semicolon: "; ",
    footer: "etalon explain RULE says when a rule applies, where it comes from and how far that was checked.",
  },
  fr: {
    applies: "S'applique",
    undetermined: "Indéterminé",
    "does-not": "Ne s'applique pas",
    missing: "il manque",
    asks: "demande",
    again: "recalculable seulement si ceci est redonné",
    yes: "oui",
    no: "non",
    colon: " : ",
    semicolon: " ; ",
    footer: "etalon explain RÈGLE dit quand une règle s'applique, d'où elle vient et jusqu'où cela a été vérifié.",
  },
} as const;

/** What `etalon decide` prints: what applies with its value and authority, what is undetermined for want of which fact, and what does not apply and why. */
export function verdictsText({ verdicts, digest }: Verdicts, language: Language): string {
  const w = words[language];
  const desk = minocaDeskOf({ verdicts });
  // The desk shows its own lines side by side.
  const others = verdicts.filter(({ pack }) => desk === null || pack !== desk.gateVerdict.pack);
  const lines = (["applies", "undetermined", "does-not"] as const).flatMap((outcome) => {
    const group = others.filter((verdict) => verdict.outcome === outcome);
    if (others.length === 0) return [];
    const heading = `${w[outcome]} (${group.length})`;
    return outcome === "applies"
      ? [heading, "", ...group.flatMap((verdict) => [...appliedLines(verdict, language), ""])]
      : [heading, ...group.map((verdict) => `  ${headOf(verdict, language)}${reason(verdict, language)}`), ""];
  });
  const comparison = desk === null ? [] : [deskText(desk, language)];
  return [...comparison, ...lines, `digest ${digest}`, w.footer, ""].join("\n");
}

/** What `etalon analyze` prints of verdicts: one line for each that applies, and how many are undetermined for want of facts. */
export function verdictSummary({ verdicts }: Verdicts, language: Language): string {
  const applied = verdicts.filter(({ outcome }) => outcome === "applies");
  const open = verdicts.filter(({ outcome }) => outcome === "undetermined");
  const missing = [...new Set(open.flatMap((verdict) => verdict.missing ?? []))];
  const w = words[language];
  return [
    "",
    `${w.applies} (${applied.length})`,
    ...applied.map(
      (verdict) =>
        `  ${verdict.title[language]}${w.colon}${valueLines(verdict, language, " ").join(w.semicolon) || "–"}`,
    ),
    `${w.undetermined} (${open.length})${open.length === 0 ? "" : `${w.colon}${w.missing} ${missing.join(", ")}`}`,
    "",
  ].join("\n");
}

function headOf({ rule, title }: Verdict, language: Language): string {
  return `${title[language]}  [${rule}]`;
}

function valueLines({ rule, value }: Verdict, language: Language, separator: string): readonly string[] {
  const declared = ruleOf(rule)?.values ?? {};
  return Object.entries(value ?? {}).map(([key, one]) =>
    `${declared[key]?.title[language] ?? key}${separator}${shownValue(one, declared[key], language)}`.trimEnd(),
  );
}

function appliedLines(verdict: Verdict, language: Language): readonly string[] {
  const again =
    verdict.needsAgain === undefined
      ? []
      : [`${words[language].again}${words[language].colon}${factNames(verdict.needsAgain, language)}`];
  return [
    `  ${headOf(verdict, language)}`,
    ...valueLines(verdict, language, words[language].colon).map((line) => `    = ${line}`),
    `      ${verdict.statement[language]}`,
    ...[...verdict.caveats.map((text) => text[language]), ...again].map((line) => `    ! ${line}`),
    ...authorityLines(verdict, language).map((line) => `      ${line}`),
  ];
}

function reason(verdict: Verdict, language: Language): string {
  const w = words[language];
  if (verdict.outcome === "undetermined") return `${w.colon}${w.missing} ${factNames(verdict.missing ?? [], language)}`;
  const why = unmetCondition(verdict, language) || brokenPresumptions(verdict, language);
  return why === "" ? "" : `${w.colon}${why}`;
}

/** What the rule presumes and is known to be otherwise. */
function brokenPresumptions({ rule, caveats }: Verdict, language: Language): string {
  const notes = (ruleOf(rule)?.presumes ?? []).map(({ note }) => note[language]);
  return notes.filter((note) => caveats.some((text) => text[language] === note)).join(" ");
}

/** The first part of the rule's condition that is false; nothing where that would give a sensitive fact away. */
function unmetCondition({ rule, trace }: Verdict, language: Language): string {
  const when = ruleOf(rule)?.when;
  const [node] = trace;
  if (when === undefined || node?.truth !== false) return "";
  const at = "all" in when ? (node.parts ?? []).findIndex(({ truth }) => truth === false) : -1;
  const [part, found] = "all" in when && at >= 0 ? [when.all[at], node.parts?.[at]] : [when, node];
  if (part === undefined || found === undefined || isWithheld(found)) return "";
  return `${words[language].asks} ${conditionInWords(part, wordingIn(language))}`;
}

function isWithheld({ received, parts = [] }: TraceNode): boolean {
  return received === "withheld" || parts.some(isWithheld);
}

function factNames(ids: readonly string[], language: Language): string {
  return ids.map((id) => (isFactId(id) ? `${definitionOf(id).title[language]} (${id})` : id)).join(", ");
}

function shownValue(value: RuleValue, declaration: ValueDeclaration | undefined, language: Language): string {
  if (typeof value === "boolean") return value ? words[language].yes : words[language].no;
  if (typeof value === "number")
    return `${shownNumber(value, language)} ${shownUnit(declaration?.unit ?? "1", language)}`;
  return declaration?.codes?.[value]?.[language] ?? value;
}

function ruleOf(id: string): Rule | undefined {
  return catalog.flatMap(({ rules }) => rules).find((rule) => rule.id === id);
}
