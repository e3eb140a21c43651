import type { Verdict } from "@etalon/decide";
import type { ReportInput } from "../../report-input.ts";
import { siteName } from "../../text/site-names.ts";
import type { Block, Line, Section } from "../document.ts";
import { joined, literal, number, strong, textOf, words } from "../inline.ts";
import { leadingTotal, verdictGiving } from "../leading-values.ts";
import { qualityLines } from "../quality-lines.ts";
import { valueLine } from "../value-line.ts";
import { writtenBlocks, writtenSection } from "../written-section.ts";
import { categoryPack } from "./category-table.ts";
import { deskPack } from "./minoca-section.ts";

/**
 * What the reader concludes, then the number with its category and percentile, whether it is provisional, what else a reader of it must know, and the titles
 * of the guidance that applies. It stands alone in other systems: it points to nothing else in the report.
 */
export function conclusionSection(input: ReportInput): Section {
  const { result, verdicts } = input;
  const written = writtenSection(input, "conclusion");
  const blocks: Block[] = [
    ...(written === undefined ? [] : writtenBlocks(written, input.language)),
    { kind: "paragraph", line: [...numberLine(input), ...percentileLine(input)] },
  ];
  if (result.provisional) {
    blocks.push({
      kind: "paragraph",
      line: [
        strong({
          en: "Provisional result: to be confirmed by a reader.",
          fr: "Résultat provisoire, à confirmer par un lecteur.",
        }),
      ],
    });
  }
  // That nobody has marked the lesions is what "provisional" says.
  const reserves = qualityLines(result.quality, ({ severity, code }) => severity === "warning" && code !== "no-marks");
  if (reserves.length > 0) {
    blocks.push({
      kind: "paragraph",
      line: [words("With reservations: ", "Sous réserve : "), ...joined(reserves, literal(" "))],
    });
  }
  const applying = (verdicts?.verdicts ?? []).filter(isRecommendation);
  if (applying.length > 0) {
    blocks.push({
      kind: "paragraph",
      line: [
        words("Published guidance that applies: ", "Recommandations publiées qui s'appliquent : "),
        ...joined(
          applying.map(({ title }) => [textOf(title)]),
          words("; ", " ; "),
        ),
        words(".", "."),
      ],
    });
  }
  return { id: "conclusion", title: { en: "Conclusion", fr: "Conclusion" }, blocks };
}

function numberLine({ result, protocol, verdicts }: ReportInput): Line {
  const [first] = result.outputs;
  // A map has no total: its first region leads.
  const isRegion = first?.site !== undefined && first.item === undefined;
  const total = isRegion ? first : leadingTotal(result);
  if (total === undefined) return [words("No number.", "Aucun nombre.")];
  const title = protocol.outputs[total.id]?.title ?? { en: total.id, fr: total.id };
  const category = verdicts?.verdicts.find(
    ({ rule, outcome }) => rule === `${categoryPack}/guideline` && outcome === "applies",
  );
  return [
    textOf(title),
    ...(total.site === undefined ? [] : [literal(", "), textOf(siteName(total.site).name)]),
    words(": ", " : "),
    number(total, { kind: "result", output: total.id, ...(total.site === undefined ? {} : { site: total.site }) }),
    ...(category === undefined ? [] : [words(", category ", ", catégorie "), ...valueLine(category, "category")]),
    words(".", "."),
  ];
}

function percentileLine({ verdicts }: ReportInput): Line {
  const known = verdictGiving(verdicts, "mesa-percentile", "percentile");
  if (known !== undefined) {
    return [
      words(
        " Percentile for age, sex and ethnicity (MESA): ",
        " Percentile pour l'âge, le sexe et l'origine (MESA) : ",
      ),
      ...valueLine(known, "percentile"),
      words(".", "."),
    ];
  }
  const atZero = verdictGiving(verdicts, "mesa-percentile", "nonZeroProbabilityPercent");
  if (atZero === undefined) return [];
  return [
    words(
      " Probability of a score above 0 at this age, sex and ethnicity (MESA): ",
      " Probabilité d'un score supérieur à 0 à cet âge, pour ce sexe et cette origine (MESA) : ",
    ),
    ...valueLine(atZero, "nonZeroProbabilityPercent"),
    words(".", "."),
  ];
}

/** A recommendation proper, not a name for the number nor an equation. */
function isRecommendation({ outcome, kind, pack }: Verdict): boolean {
  const isRecommending = kind === "guideline" || kind === "consensus";
  return outcome === "applies" && isRecommending && pack !== categoryPack && pack !== deskPack;
}
