import type { Language } from "@etalon/base";
import {
  catalog,
  definitionOf,
  isFactId,
  type RuleValue,
  type ValueDeclaration,
  type Verdict,
  type Verdicts,
} from "@etalon/decide";
import { shownNumber, shownUnit } from "@etalon/report/text";
import { sourceLines } from "./rule-text.ts";

const words = {
  en: {
    applies: "Applies",
    undetermined: "Undetermined",
    "does-not": "Does not apply",
    missing: "needs",
    again: "replayable only with the fact given again",
    footer: "etalon explain RULE says when a rule applies and where it comes from.",
  },
  fr: {
    applies: "S'applique",
    undetermined: "Indéterminé",
    "does-not": "Ne s'applique pas",
    missing: "manque",
    again: "recalculable seulement si le fait est redonné",
    footer: "etalon explain RÈGLE dit quand une règle s'applique et d'où elle vient.",
  },
} as const;

/** What `etalon decide` prints: what applies with its value and authority, what is undetermined for want of which fact, and what does not apply. */
export function verdictsText({ verdicts, digest }: Verdicts, language: Language): string {
  const w = words[language];
  const lines: string[] = [];
  for (const outcome of ["applies", "undetermined", "does-not"] as const) {
    const group = verdicts.filter((verdict) => verdict.outcome === outcome);
    lines.push(`${w[outcome]} (${group.length})`);
    if (outcome === "applies") for (const verdict of group) lines.push(...appliedLines(verdict, language));
    else
      lines.push(
        ...group.map((verdict) => `  ${verdict.rule}  ${verdict.title[language]}${reason(verdict, language)}`),
      );
    lines.push("");
  }
  return [...lines, `digest ${digest}`, w.footer, ""].join("\n");
}

/** What `etalon analyze` prints of verdicts: one line for each that applies, and how many are undetermined for want of facts. */
export function verdictSummary({ verdicts }: Verdicts, language: Language): string {
  const applied = verdicts.filter(({ outcome }) => outcome === "applies");
  const open = verdicts.filter(({ outcome }) => outcome === "undetermined");
  const missing = [...new Set(open.flatMap((verdict) => verdict.missing ?? []))];
  const w = words[language];
  const colon = language === "fr" ? " : " : ": ";
  return [
    "",
    `${w.applies} (${applied.length})`,
    ...applied.map(
      (verdict) => `  ${verdict.title[language]}${colon}${valueLines(verdict, language).join("; ") || "–"}`,
    ),
    `${w.undetermined} (${open.length})${open.length === 0 ? "" : `${colon}${w.missing} ${missing.join(", ")}`}`,
    "",
  ].join("\n");
}

function valueLines({ rule, value }: Verdict, language: Language): readonly string[] {
  const declared = declarationsOf(rule);
  return Object.entries(value ?? {}).map(([key, one]) =>
    `${declared[key]?.title[language] ?? key} ${shownValue(one, declared[key], language)}`.trimEnd(),
  );
}

function appliedLines(verdict: Verdict, language: Language): readonly string[] {
  const again = verdict.needsAgain === undefined ? [] : [words[language].again];
  return [
    `  ${verdict.rule}  ${verdict.title[language]}`,
    ...valueLines(verdict, language).map((line) => `      = ${line}`),
    `      ${verdict.statement[language]}`,
    ...[...verdict.caveats.map((text) => text[language]), ...again].map((line) => `    ! ${line}`),
    ...sourceLines(verdict, language).map((line) => `      ${line}`),
  ];
}

function reason({ missing, caveats, outcome }: Verdict, language: Language): string {
  const colon = language === "fr" ? " : " : ": ";
  if (outcome === "undetermined") {
    const names = (missing ?? []).map((id) => (isFactId(id) ? `${definitionOf(id).title[language]} (${id})` : id));
    return `${colon}${words[language].missing} ${names.join(", ")}`;
  }
  return caveats.length === 0 ? "" : `${colon}${caveats.map((text) => text[language]).join(" ")}`;
}

function shownValue(value: RuleValue, declaration: ValueDeclaration | undefined, language: Language): string {
  if (typeof value === "number")
    return `${shownNumber(value, language)} ${shownUnit(declaration?.unit ?? "1", language)}`;
  return declaration?.codes?.[String(value)]?.[language] ?? String(value);
}

function declarationsOf(rule: string): Readonly<Record<string, ValueDeclaration>> {
  return catalog.flatMap(({ rules }) => rules).find(({ id }) => id === rule)?.values ?? {};
}
