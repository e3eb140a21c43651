import type { Text } from "@etalon/base";
import type { EvidenceLevel, RecommendationClass, RuleKind, Verdict } from "@etalon/decide";
import { checkAgainDay } from "./check-again.ts";
import type { Inline, Line } from "./document.ts";
import { day, doiLink, literal, strong, words } from "./inline.ts";
import { shortCitation } from "./short-citation.ts";

const KINDS: Readonly<Record<RuleKind, Text>> = {
  guideline: { en: "Guideline", fr: "Recommandation" },
  consensus: { en: "Consensus", fr: "Consensus" },
  "risk-equation": { en: "Risk equation", fr: "Équation de risque" },
  "expert-opinion": { en: "Expert opinion", fr: "Avis d'experts" },
};

/**
 * What stands behind a verdict: kind, class and level, document with its link, when it was checked and when to check again.
 * The whole citation stands in the list of sources.
 */
export function sourceLine({ kind, class: given, level, source }: Verdict): Line {
  const { table, doi, isDoiRecalled, supersededBy, isRetracted, lastChecked } = source;
  return [
    strong(KINDS[kind]),
    literal(" · "),
    ...gradeLine(given, level),
    literal(" · "),
    literal(shortCitation(source)),
    ...(table === undefined ? [] : [literal(`, ${table}`)]),
    ...(doi === undefined ? [] : [literal(" · "), doiLink(doi)]),
    ...(doi !== undefined && isDoiRecalled === true
      ? [words(" (DOI recalled, not checked)", " (DOI cité de mémoire, non vérifié)")]
      : []),
    ...(isRetracted ? [literal(" · "), strong({ en: "retracted", fr: "rétracté" })] : []),
    ...(supersededBy === undefined ? [] : [literal(" · "), strong({ en: "superseded", fr: "remplacé" })]),
    words(" · checked ", " · vérifié le "),
    day(lastChecked),
    words(", again by ", ", à revérifier avant le "),
    day(checkAgainDay(lastChecked)),
  ];
}

function gradeLine(given: RecommendationClass, level: EvidenceLevel): readonly Inline[] {
  if (given === "none" && level === "none") {
    return [words("no class or level of evidence given", "ni classe ni niveau de preuve donnés")];
  }
  return [
    words("class ", "classe "),
    given === "none" ? words("none given", "non donnée") : literal(given),
    words(", level of evidence ", ", niveau de preuve "),
    level === "none" ? words("none given", "non donné") : literal(level),
  ];
}
