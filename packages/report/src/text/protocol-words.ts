import type { Language, Text } from "@etalon/base";
import { calciumCategory } from "@etalon/measure";
import { categoryPhrases } from "./category-phrases.ts";

/** What a report calls the number of a protocol, and what is still to be done for it. */
export interface ProtocolWords {
  /** The leading number, with its article: "the score". */
  readonly number: Text;
  /** The column of it in a table of choices. */
  readonly column: Text;
  /** What no reader has done yet, where the result is provisional. */
  readonly undone: Text;
  /** What one site is, with the title of a table by site. */
  readonly site: Text;
  readonly bySite: Text;
  /** Edges of the categories that the sensitivity tells apart; the calcium score's are those of its guideline's rule. */
  readonly edges?: readonly number[];
}

const calcium: ProtocolWords = {
  number: { en: "the score", fr: "le score" },
  column: { en: "Score (AU)", fr: "Score (UA)" },
  undone: { en: "No reader has marked the lesions.", fr: "Aucun lecteur n'a désigné les lésions." },
  site: { en: "Artery", fr: "Artère" },
  bySite: { en: "By artery", fr: "Par artère" },
};

const words: Readonly<Record<string, ProtocolWords>> = {
  "cardiac/lv-function": {
    number: { en: "the ejection fraction", fr: "la fraction d'éjection" },
    column: { en: "Ejection fraction (%)", fr: "Fraction d'éjection (%)" },
    undone: {
      en: "No reader has drawn the left ventricle.",
      fr: "Aucun lecteur n'a tracé le ventricule gauche.",
    },
    site: { en: "Segment", fr: "Segment" },
    bySite: { en: "By segment", fr: "Par segment" },
    edges: [40, 50],
  },
  "cardiac/late-enhancement": {
    number: { en: "the extent of late enhancement", fr: "l'étendue du rehaussement tardif" },
    column: { en: "Extent (% of the LV)", fr: "Étendue (% du VG)" },
    undone: {
      en: "No reader has confirmed the enhancement.",
      fr: "Aucun lecteur n'a validé le rehaussement.",
    },
    site: { en: "Segment", fr: "Segment" },
    bySite: { en: "By segment of the left ventricle (AHA)", fr: "Par segment du ventricule gauche (AHA)" },
    edges: [],
  },
  "cardiac/intervention-check": {
    number: { en: "the covered share of the target", fr: "la part couverte de la cible" },
    column: { en: "Target covered (%)", fr: "Cible couverte (%)" },
    undone: { en: "No reader has confirmed the lesion.", fr: "Aucun lecteur n'a validé la lésion." },
    site: { en: "Segment", fr: "Segment" },
    bySite: { en: "By segment", fr: "Par segment" },
    edges: [],
  },
  "cardiac/oedema": {
    number: { en: "the T2 signal ratio", fr: "le rapport de signal T2" },
    column: { en: "T2 ratio, or extent (%)", fr: "Rapport T2, ou étendue (%)" },
    undone: { en: "No reader has confirmed the oedema.", fr: "Aucun lecteur n'a validé l'œdème." },
    site: { en: "Segment", fr: "Segment" },
    bySite: { en: "By segment of the left ventricle (AHA)", fr: "Par segment du ventricule gauche (AHA)" },
    edges: [2],
  },
};

/** The words of a protocol; of one without its own, those of the calcium score. */
export function protocolWords(protocolId: string): ProtocolWords {
  return Object.hasOwn(words, protocolId) ? words[protocolId] : calcium;
}

/** Categories of other numbers than the calcium score, in words. */
const phrases: Readonly<Record<string, Text>> = {
  "<=40": { en: "reduced (40 % or less)", fr: "diminuée (40 % ou moins)" },
  ">40-<50": { en: "mildly reduced (over 40 to under 50 %)", fr: "légèrement diminuée (plus de 40 à moins de 50 %)" },
  none: { en: "no enhancement", fr: "pas de rehaussement" },
  present: { en: "enhancement present", fr: "rehaussement présent" },
  "global-oedema": { en: "global oedema (Lake Louise 2009)", fr: "œdème global (Lake Louise 2009)" },
  "no-global-oedema": { en: "no global oedema", fr: "pas d'œdème global" },
  covered: { en: "whole target covered", fr: "cible entièrement couverte" },
  gap: { en: "part of the target left", fr: "une partie de la cible reste" },
  oedema: { en: "oedema present", fr: "œdème présent" },
  "no-oedema": { en: "no oedema", fr: "pas d'œdème" },
  ">=50": { en: "preserved (50 % and above)", fr: "préservée (50 % et plus)" },
};

/** The category of a row of the sensitivity in words. */
export function categoryText({ output, value, category }: CategorisedValue): Text {
  if (output === "agatston-score") return categoryPhrases[calciumCategory(value)];
  return Object.hasOwn(phrases, category) ? phrases[category] : { en: category, fr: category };
}

interface CategorisedValue {
  readonly output: string;
  readonly value: number;
  readonly category: string;
}

/** A text of the words with a capital. */
export function capitalised(text: Text, language: Language): string {
  return text[language].charAt(0).toUpperCase() + text[language].slice(1);
}
