import type { Language } from "@etalon/base";
import { conditionInWords, definitionOf, factsOfRule, type Rule, type Verdict, type Wording } from "@etalon/decide";
import { shownNumber, shownUnit } from "@etalon/report/text";
import { columnLines } from "./table.ts";

const words = {
  en: {
    says: "says",
    when: "when",
    presumes: "takes for granted",
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
    none: "none given",
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
  },
  fr: {
    says: "dit",
    when: "si",
    presumes: "suppose",
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
    none: "non donnée",
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
  },
} as const;

/** What `etalon explain` prints of one rule. */
export function ruleText(rule: Rule, language: Language): string {
  const w = words[language];
  const wording: Wording = {
    language,
    showUnit: (unit) => shownUnit(unit, language),
    showNumber: (value) => shownNumber(value, language),
  };
  const rows = [
    [w.says, rule.statement[language]],
    [w.when, conditionInWords(rule.when, wording)],
    ...(rule.presumes ?? []).map(({ note }) => [w.presumes, note[language]]),
    ...(rule.caveats ?? []).map(({ when, text }) => [`  ${conditionInWords(when, wording)}`, text[language]]),
    ...(rule.note === undefined ? [] : [[w.note, rule.note[language]]]),
    ...sourceLines(rule, language).map((line, at) => [at === 0 ? w.source : "", line]),
  ];
  return [
    `${rule.id}  ${rule.title[language]}`,
    ...rows.map(([name, text]) => `  ${name}${name === "" ? "" : language === "fr" ? " : " : ": "}${text}`),
    ...listed(
      w.reads,
      factsOfRule(rule).map((id) => [id, definitionOf(id).title[language], unitOf(id, language)]),
    ),
    ...listed(
      w.gives,
      Object.entries(rule.values).map(([key, { title, unit }]) => [
        key,
        title[language],
        shownUnit(unit ?? "1", language),
      ]),
    ),
    "",
  ].join("\n");
}

/** Kind, class, level, document, how far it was checked and when: the authority of a rule or of its verdict. */
export function sourceLines(
  { kind, class: recommendation, level, source }: Pick<Rule | Verdict, "kind" | "class" | "level" | "source">,
  language: Language,
): readonly string[] {
  const w = words[language];
  const doi =
    source.doi === undefined ? "" : `, doi ${source.doi}${source.isDoiRecalled === true ? ` (${w.recalled})` : ""}`;
  const confirmed = `${w.confirmed[source.verification]}${source.verification === "public-source" ? ` ${source.confirmedIn ?? ""}` : ""}`;
  return [
    `${w.kind[kind]}, ${w.class} ${recommendation === "none" ? w.none : recommendation}, ${w.level} ${level === "none" ? w.noLevel : level}`,
    `${source.citation}${doi}${source.table === undefined ? "" : `, ${source.table}`}`,
    `${confirmed}; ${w.checked} ${source.lastChecked}`,
    ...(source.supersededBy === undefined ? [] : [`${w.superseded} ${source.supersededBy}`]),
    ...(source.isRetracted ? [w.retracted] : []),
  ];
}

function listed(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`  ${title}`, ...columnLines(rows).map((line) => `    ${line}`)];
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
