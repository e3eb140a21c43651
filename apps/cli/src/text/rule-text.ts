import type { Language } from "@etalon/base";
import { conditionInWords, definitionOf, factsOfRule, type Rule, type Verdict, type Wording } from "@etalon/decide";
import { shownNumber, shownUnit } from "@etalon/report/text";
import { columnLines } from "./table.ts";

const words = {
  en: {
    when: "applies if",
    presumes: "takes for granted",
    adds: "adds",
    reads: "reads",
    gives: "gives",
    note: "note",
    kind: {
      guideline: "guideline",
      consensus: "consensus",
      "risk-equation": "risk equation",
      "expert-opinion": "expert opinion",
    },
    class: "class",
    level: "level",
    neither: "no class or level given",
    noClass: "none given",
    noLevel: "none given",
    source: "source",
    recalled: "DOI recalled, not checked",
    confirmed: {
      primary: "read in the document",
      "public-source": "confirmed in",
      "not-verified": "not verified against the primary source",
    },
    checked: "last check",
    superseded: "superseded by",
    retracted: "RETRACTED",
    colon: ": ",
    semicolon: "; ",
  },
  fr: {
    when: "s'applique si",
    presumes: "suppose",
    adds: "ajoute",
    reads: "lit",
    gives: "donne",
    note: "remarque",
    kind: {
      guideline: "recommandation",
      consensus: "consensus",
      "risk-equation": "équation de risque",
      "expert-opinion": "avis d'expert",
    },
    class: "classe",
    level: "niveau",
    neither: "ni classe ni niveau donnés",
    noClass: "non donnée",
    noLevel: "non donné",
    source: "source",
    recalled: "DOI de mémoire, non vérifié",
    confirmed: {
      primary: "lu dans le document",
      "public-source": "confirmé dans",
      "not-verified": "non vérifié dans la source primaire",
    },
    checked: "dernière vérification",
    superseded: "remplacé par",
    retracted: "RÉTRACTÉ",
    colon: " : ",
    semicolon: " ; ",
  },
} as const;

/** What `etalon explain` prints of one rule: what it says, when, what it takes for granted and adds, its facts and its authority. */
export function ruleText(rule: Rule, language: Language): string {
  const w = words[language];
  const wording = wordingIn(language);
  const conditions = "all" in rule.when ? rule.when.all : [rule.when];
  return [
    `${rule.id}  ${rule.title[language]}`,
    `  ${rule.statement[language]}`,
    ...listed(
      w.when,
      conditions.map((condition) => conditionInWords(condition, wording)),
    ),
    ...listed(
      w.presumes,
      (rule.presumes ?? []).map(({ note }) => note[language]),
    ),
    ...listed(
      w.adds,
      (rule.caveats ?? []).map(({ when, text }) => `[${conditionInWords(when, wording)}] ${text[language]}`),
    ),
    ...listed(
      w.reads,
      columnLines(factsOfRule(rule).map((id) => [id, definitionOf(id).title[language], unitOf(id, language)])),
    ),
    ...listed(
      w.gives,
      columnLines(
        Object.entries(rule.values).map(([key, { title, unit }]) => [
          key,
          title[language],
          shownUnit(unit ?? "1", language),
        ]),
      ),
    ),
    ...listed(w.note, rule.note === undefined ? [] : [rule.note[language]]),
    ...listed(w.source, [...authorityLines(rule, language), checkLine(rule, language)]),
    "",
  ].join("\n");
}

/** How a condition of a rule is put into words for a terminal. */
export function wordingIn(language: Language): Wording {
  return {
    language,
    showUnit: (unit) => shownUnit(unit, language),
    showNumber: (value) => shownNumber(value, language),
  };
}

/** Kind, class, level and document of a rule or of its verdict, and what has become of the document. */
export function authorityLines(
  { kind, class: recommendation, level, source }: Pick<Rule | Verdict, "kind" | "class" | "level" | "source">,
  language: Language,
): readonly string[] {
  const w = words[language];
  const strength =
    recommendation === "none" && level === "none"
      ? w.neither
      : `${w.class} ${recommendation === "none" ? w.noClass : recommendation}, ${w.level} ${level === "none" ? w.noLevel : level}`;
  const doi =
    source.doi === undefined ? "" : `, doi ${source.doi}${source.isDoiRecalled === true ? ` (${w.recalled})` : ""}`;
  return [
    `${w.kind[kind]}, ${strength}`,
    `${source.citation}${doi}${source.table === undefined ? "" : `, ${source.table}`}`,
    ...(source.supersededBy === undefined ? [] : [`${w.superseded}${w.colon}${source.supersededBy}`]),
    ...(source.isRetracted ? [w.retracted] : []),
  ];
}

/** How far the rule was checked against its document, and when. */
function checkLine({ source }: Rule, language: Language): string {
  const w = words[language];
  const confirmed = w.confirmed[source.verification];
  const where = source.verification === "public-source" ? ` ${source.confirmedIn ?? ""}` : "";
  return `${confirmed}${where}${w.semicolon}${w.checked}${w.colon}${source.lastChecked}`;
}

function listed(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
}

function unitOf(id: Parameters<typeof definitionOf>[0], language: Language): string {
  const definition = definitionOf(id);
  if (definition.kind === "number") return shownUnit(definition.unit, language);
  return definition.kind === "choice"
    ? Object.values(definition.choices)
        .map((choice) => choice[language])
        .join(" | ")
    : "";
}
