import type { Language } from "@etalon/base";
import { definitionOf, isFactId, type MinocaDesk, type Verdict } from "@etalon/decide";
import { authorityLines } from "./rule-text.ts";

const words = {
  en: {
    heading: "MINOCA desk",
    gate: {
      open: "Coronary arteries known, no stenosis of 50 % or more: the three diagnoses are compared.",
      closed: "A coronary artery is obstructed: by definition no MINOCA. Nothing is compared.",
      undetermined: "UNDETERMINED: the coronary anatomy is not known (coronary-stenosis-max). Nothing is compared.",
    },
    supports: "supports",
    against: "speaks against",
    missing: "could still be settled by",
    sequences: "Missing",
    nothing: "nothing so far",
    sources: "Sources of the desk",
    unranked: "The desk ranks nothing and adds nothing up: the reader concludes.",
    colon: ": ",
  },
  fr: {
    heading: "MINOCA : trois diagnostics comparés",
    gate: {
      open: "Coronaires connues, aucune sténose d'au moins 50 % : les trois diagnostics sont comparés.",
      closed: "Une artère coronaire est obstruée : par définition, ce n'est pas un MINOCA. Rien n'est comparé.",
      undetermined: "INDÉTERMINÉ : l'anatomie coronaire n'est pas connue (coronary-stenosis-max). Rien n'est comparé.",
    },
    supports: "en faveur",
    against: "en défaveur",
    missing: "resterait à préciser",
    sequences: "Il manque",
    nothing: "rien à ce stade",
    sources: "Sources de la comparaison",
    unranked: "Rien n'est classé ni additionné : le lecteur conclut.",
    colon: " : ",
  },
} as const;

/** The MINOCA desk as `etalon decide` prints it: the gate, the three diagnoses, what is missing, and on whose authority. */
export function deskText(desk: MinocaDesk, language: Language): string {
  const w = words[language];
  const columns = desk.gate !== "open" ? [] : desk.columns.flatMap((column) => columnText(column, language));
  const shown = [...desk.columns.flatMap(({ supports, against }) => [...supports, ...against]), ...desk.missing];
  return [
    w.heading,
    `  ${w.gate[desk.gate]}`,
    ...desk.gateVerdict.caveats.map((text) => `    ! ${text[language]}`),
    "",
    ...columns,
    ...(desk.missing.length === 0
      ? []
      : [w.sequences, ...desk.missing.flatMap((one) => findingLines(one, language)), ""]),
    ...(desk.gate === "open" ? [w.unranked, ""] : []),
    ...sourceLines([desk.gateVerdict, ...shown], language),
    "",
  ].join("\n");
}

function columnText(
  { title, supports, against, missingFacts }: MinocaDesk["columns"][number],
  language: Language,
): readonly string[] {
  const w = words[language];
  const group = (heading: string, verdicts: readonly Verdict[]) => [
    `  ${heading}${verdicts.length === 0 ? `${w.colon}${w.nothing}` : ""}`,
    ...verdicts.flatMap((verdict) => findingLines(verdict, language)),
  ];
  const missing = missingFacts.map((id) => (isFactId(id) ? `${definitionOf(id).title[language]} (${id})` : id));
  return [
    title[language],
    ...group(w.supports, supports),
    ...group(w.against, against),
    ...(missing.length === 0 ? [] : [`  ${w.missing}${w.colon}${missing.join(", ")}`]),
    "",
  ];
}

function findingLines({ rule, title, statement, caveats }: Verdict, language: Language): readonly string[] {
  return [
    `    ${title[language]}  [${rule}]`,
    `      ${statement[language]}`,
    ...caveats.map((text) => `      ! ${text[language]}`),
  ];
}

/** Each document once, with class and level or their absence, and what became of it. */
function sourceLines(verdicts: readonly Verdict[], language: Language): readonly string[] {
  const documents = new Map(verdicts.map((verdict) => [verdict.source.citation, verdict]));
  return [
    words[language].sources,
    ...[...documents.values()].flatMap((verdict) => authorityLines(verdict, language).map((line) => `  ${line}`)),
  ];
}
