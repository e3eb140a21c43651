import { canonicalJson, notAMedicalDevice, type Text } from "@etalon/base";
import type { Result } from "@etalon/measure";
import { writtenSection } from "../document/written-section.ts";
import type { ReportInput } from "../report-input.ts";
import { fillText } from "../text/fill-text.ts";
import { qualitySentences } from "../text/quality-sentences.ts";
import { dcm, etalonCode } from "./coded-concept.ts";
import { type ContentItem, textItem } from "./content-item.ts";

/** Said of a result that no reader has marked. */
export const provisionalText: Text = {
  en: "Provisional: a reader's marks are still needed",
  fr: "Provisoire : les marques d'un lecteur manquent encore",
};

/**
 * What must be known beside the numbers, of the whole report (PS3.16 TID 1500, "Qualitative Evaluations", texts): that the
 * result is provisional, what lowers its quality, the digests it can be followed back by.
 */
export function evaluationItems(input: ReportInput): ContentItem[] {
  const { result, verdicts, language } = input;
  const warnings = result.quality.filter(({ severity }) => severity === "warning");
  return [
    ...writtenItems(input),
    ...(result.provisional
      ? [textItem("CONTAINS", etalonCode("provisional", "Provisional result"), provisionalText[language])]
      : []),
    ...warnings.map((note) =>
      textItem("CONTAINS", etalonCode("quality", "Quality of the images or the reading"), noteText(note, language)),
    ),
    textItem("CONTAINS", etalonCode("result-digest", "SHA-256 of the result"), result.digest),
    ...(verdicts === null
      ? []
      : [textItem("CONTAINS", etalonCode("verdicts-digest", "SHA-256 of the verdicts"), verdicts.digest)]),
    textItem("CONTAINS", dcm("121106", "Comment"), notAMedicalDevice[language]),
  ];
}

/** What the reader wrote, under the headings of PS3.16 CID 7002 ff., and what was added since. */
function writtenItems(input: ReportInput): ContentItem[] {
  const headings = [
    ["indication", dcm("121109", "Indications for Procedure")],
    ["findings", dcm("121071", "Finding")],
    ["conclusion", dcm("121077", "Conclusion")],
    ["comment", dcm("121106", "Comment")],
  ] as const;
  return [
    ...headings.flatMap(([heading, concept]) => {
      const written = writtenSection(input, heading);
      return written === undefined ? [] : [textItem("CONTAINS", concept, written.text)];
    }),
    ...(input.reading?.addenda ?? []).map(({ text }) =>
      textItem("CONTAINS", etalonCode("addendum", "Addendum to the signed report"), text),
    ),
  ];
}

function noteText({ code, details }: Result["quality"][number], language: ReportInput["language"]): string {
  return Object.hasOwn(qualitySentences, code)
    ? fillText(qualitySentences[code], details, language)
    : `${code} ${canonicalJson(details)}`;
}
