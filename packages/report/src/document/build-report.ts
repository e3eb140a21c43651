import { notAMedicalDevice } from "@etalon/base";
import type { ReportInput } from "../report-input.ts";
import { protocolWords } from "../text/protocol-words.ts";
import type { ReportDocument, Section } from "./document.ts";
import { headerOf, runningHeadOf } from "./header-of.ts";
import { code, literal, strong, textOf, words } from "./inline.ts";
import { conclusionSection } from "./sections/conclusion-section.ts";
import { guidanceSection } from "./sections/guidance-section.ts";
import { ledgerSection } from "./sections/ledger-section.ts";
import { minocaSection } from "./sections/minoca-section.ts";
import { methodSection, recipeSection } from "./sections/recipe-sections.ts";
import { resultsSection } from "./sections/results-section.ts";
import { sensitivitySection } from "./sections/sensitivity-section.ts";
import { techniqueSection } from "./sections/technique-section.ts";

/** Digits of a digest in an id: enough to tell results apart. */
const ID_DIGITS = 16;

/**
 * The report for physicians: indication, technique, results, conclusion, then guidance, method, recipe and what was
 * received. The same input gives the same document.
 */
export function buildReport(input: ReportInput): ReportDocument {
  const { result, protocol, createdAt } = input;
  return {
    id: `report-${result.digest.slice(0, ID_DIGITS)}`,
    title: protocol.title,
    header: headerOf(input),
    runningHead: runningHeadOf(input),
    sections: [
      ...provisionalSection(input),
      indicationSection(input),
      techniqueSection(input),
      resultsSection(input),
      conclusionSection(input),
      ...minocaSection(input),
      ...guidanceSection(input),
      ...sensitivitySection(input),
      methodSection(input),
      recipeSection(input),
      ...ledgerSection(result),
    ],
    footer: [textOf(notAMedicalDevice), words(" Result ", " Résultat "), code(result.digest.slice(0, ID_DIGITS))],
    resultDigest: result.digest,
    createdAt,
  };
}

function provisionalSection({ result }: ReportInput): readonly Section[] {
  if (!result.provisional) return [];
  const { undone } = protocolWords(result.protocol.id);
  return [
    {
      id: "provisional",
      title: { en: "Provisional result", fr: "Résultat provisoire" },
      blocks: [
        {
          kind: "notice",
          tone: "warning",
          lines: [
            [
              strong({ en: `${undone.en} `, fr: `${undone.fr} ` }),
              words(
                "What the program proposes is counted; the number must not be used before a reader has confirmed it.",
                "Ce que propose le programme est compté ; le nombre ne doit pas servir avant qu'un lecteur l'ait confirmé.",
              ),
            ],
          ],
        },
      ],
    },
  ];
}

function indicationSection({ indication }: ReportInput): Section {
  return {
    id: "indication",
    title: { en: "Indication", fr: "Indication" },
    blocks: [
      {
        kind: "paragraph",
        line: indication === undefined ? [words("Not stated.", "Non renseignée.")] : [literal(indication)],
      },
    ],
  };
}
