import type { Text } from "@etalon/base";
import type { EvidenceLevel, RecommendationClass, RuleKind, Verdict } from "@etalon/decide";
import { checkAgainDay } from "./check-again.ts";
import type { Inline, Line } from "./document.ts";
import { day, doiLink, literal, strong, words } from "./inline.ts";

const KINDS: Readonly<Record<RuleKind, Text>> = {
  guideline: { en: "Guideline", fr: "Recommandation" },
  consensus: { en: "Consensus", fr: "Consensus" },
  "risk-equation": { en: "Risk equation", fr: "Équation de risque" },
  "expert-opinion": { en: "Expert opinion", fr: "Avis d'experts" },
};

/** What stands behind a verdict: kind, class and level, document, how far it was checked and when to check again. */
export function sourceLine({ kind, class: given, level, source }: Verdict): Line {
  return [
    strong(KINDS[kind]),
    literal(" · "),
    ...gradeLine(given, level),
    literal(" · "),
    literal(source.citation),
    ...(source.table === undefined ? [] : [literal(", "), literal(source.table)]),
    ...placeOf(source),
    ...(source.verification === "public-source" && source.confirmedIn !== undefined
      ? [words(" · confirmed in ", " · confirmé dans "), literal(source.confirmedIn)]
      : []),
    ...(source.supersededBy === undefined
      ? []
      : [words(" · superseded: ", " · remplacé : "), literal(source.supersededBy)]),
    ...(source.isRetracted ? [literal(" · "), strong({ en: "retracted", fr: "rétracté" })] : []),
    words(" · last check ", " · dernière vérification le "),
    day(source.lastChecked),
    words(", again by ", ", à refaire avant le "),
    day(checkAgainDay(source.lastChecked)),
  ];
}

/** A kind of rule in words. */
export function kindText(kind: RuleKind): Text {
  return KINDS[kind];
}

function gradeLine(given: RecommendationClass, level: EvidenceLevel): readonly Inline[] {
  return [
    words("class ", "classe "),
    given === "none" ? words("none given", "non donnée") : literal(given),
    words(", level of evidence ", ", niveau de preuve "),
    level === "none" ? words("none given", "non donné") : literal(level),
  ];
}

function placeOf({ doi, isDoiRecalled, document }: Verdict["source"]): readonly Inline[] {
  const place: Inline[] = [];
  if (doi !== undefined) place.push(literal(" · "), doiLink(doi));
  if (doi !== undefined && isDoiRecalled === true) {
    place.push(words(" (DOI recalled, not checked)", " (DOI cité de mémoire, non vérifié)"));
  }
  if (document !== undefined) place.push(literal(" · "), documentInline(document));
  return place;
}

function documentInline(document: string): Inline {
  return /^https:\/\/\S+$/.test(document) ? { kind: "link", text: document, url: document } : literal(document);
}
