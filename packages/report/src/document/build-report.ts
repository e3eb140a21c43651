import { notAMedicalDevice } from "@etalon/base";
import type { ReportInput } from "../report-input.ts";
import { protocolWords } from "../text/protocol-words.ts";
import type { Block, ReportDocument, Section } from "./document.ts";
import { headerOf, runningHeadOf } from "./header-of.ts";
import { code, literal, strong, textOf, words } from "./inline.ts";
import { conclusionSection } from "./sections/conclusion-section.ts";
import { guidanceSection } from "./sections/guidance-section.ts";
import { ledgerSection } from "./sections/ledger-section.ts";
import { minocaSection } from "./sections/minoca-section.ts";
import { priorSections } from "./sections/prior-section.ts";
import {
  chosenPictureSections,
  commentSections,
  findingsSections,
  statusSections,
} from "./sections/reading-sections.ts";
import { methodSection, recipeSection } from "./sections/recipe-sections.ts";
import { resultsSection } from "./sections/results-section.ts";
import { sensitivitySection } from "./sections/sensitivity-section.ts";
import { techniqueSection } from "./sections/technique-section.ts";
import { writtenBlocks, writtenSection } from "./written-section.ts";

/** Digits of a digest in an id: enough to tell results apart. */
const ID_DIGITS = 16;

/**
 * The report for physicians: whether it is signed, indication, technique, what the reader saw, results, conclusion, then
 * guidance, method, recipe and what was received. The same input gives the same document.
 */
export function buildReport(input: ReportInput): ReportDocument {
  const { result, protocol, createdAt } = input;
  return {
    id: `report-${result.digest.slice(0, ID_DIGITS)}`,
    title: protocol.title,
    header: headerOf(input),
    runningHead: runningHeadOf(input),
    sections: [
      ...statusSections(input),
      ...provisionalSection(input),
      indicationSection(input),
      techniqueSection(input),
      ...findingsSections(input),
      resultsSection(input),
      ...priorSections(input),
      conclusionSection(input),
      ...minocaSection(input),
      ...commentSections(input),
      ...chosenPictureSections(input),
      ...guidanceSection(input),
      ...sensitivitySection(input),
      methodSection(input),
      recipeSection(input),
      ...ledgerSection(result),
    ],
    footer: [textOf(notAMedicalDevice), words(" Result ", " Résultat "), code(result.digest.slice(0, ID_DIGITS))],
    resultDigest: result.digest,
    createdAt,
    ...(input.reading?.signature === undefined ? {} : { isSigned: true }),
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

function indicationSection(input: ReportInput): Section {
  const written = writtenSection(input, "indication");
  const { indication } = input;
  const given: readonly Block[] = [
    {
      kind: "paragraph",
      line: indication === undefined ? [words("Not stated.", "Non renseignée.")] : [literal(indication)],
    },
  ];
  return {
    id: "indication",
    title: { en: "Indication", fr: "Indication" },
    blocks: written === undefined ? given : writtenBlocks(written, input.language),
  };
}
