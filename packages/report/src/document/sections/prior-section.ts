import type { ReportInput } from "../../report-input.ts";
import type { PriorResult } from "../../report-reading.ts";
import type { Block, Line, Origin, Section } from "../document.ts";
import { bareNumber, code, day, literal, number, textOf, words } from "../inline.ts";

/** What changed since the last result of the same person by the same protocol, and whether the two can be compared. */
export function priorSections({ prior, protocol }: ReportInput): readonly Section[] {
  if (prior === undefined || prior.outputs.length === 0) return [];
  const title = (id: string) => protocol.outputs[id]?.title ?? { en: id, fr: id };
  const table: Block = {
    kind: "table",
    caption: { en: "Change since the earlier examination", fr: "Évolution depuis l'examen antérieur" },
    columns: [
      { title: { en: "Measure", fr: "Mesure" } },
      { title: { en: "Earlier", fr: "Antérieur" }, isNumeric: true },
      { title: { en: "Now", fr: "Actuel" }, isNumeric: true },
      { title: { en: "Change", fr: "Variation" }, isNumeric: true },
    ],
    hasRowHeaders: true,
    rows: prior.outputs.map(({ id, unit, before, now }, at) => [
      [textOf(title(id))],
      [number({ value: before, unit }, ofPrior(at, "before"))],
      [number({ value: now, unit }, { kind: "result", output: id })],
      changeLine({ before, now, unit }, at),
    ]),
  };
  return [
    {
      id: "comparison",
      title: { en: "Comparison", fr: "Comparaison" },
      blocks: [{ kind: "paragraph", line: introduction(prior) }, ...cautions(prior), table],
    },
  ];
}

function ofPrior(at: number, value: "before" | "change"): Origin {
  return { kind: "record", path: `prior.outputs.${at}.${value}` };
}

function introduction({ day: priorDay, isSigned, digest }: PriorResult): Line {
  return [
    words("Earlier examination", "Examen antérieur"),
    ...(priorDay === undefined ? [] : [words(" of ", " du "), day(priorDay)]),
    isSigned
      ? words(" (signed report), result ", " (compte rendu signé), résultat ")
      : words(", result ", ", résultat "),
    code(digest.slice(0, 16)),
    words(".", "."),
  ];
}

/** Numbers of two methods are not one number twice. */
function cautions({ sameProtocolVersion, sameParameters }: PriorResult): readonly Block[] {
  if (sameProtocolVersion && sameParameters) return [];
  const line: Line = [
    sameProtocolVersion
      ? words(
          "The two were measured with other parameters: the change may come from the method.",
          "Les deux mesures n'ont pas les mêmes paramètres : la variation peut venir de la méthode.",
        )
      : words(
          "The two were measured with different versions of the protocol: the change may come from the method.",
          "Les deux mesures n'ont pas la même version du protocole : la variation peut venir de la méthode.",
        ),
  ];
  return [{ kind: "notice", tone: "warning", lines: [line] }];
}

function changeLine(
  { before, now, unit }: { readonly before: number; readonly now: number; readonly unit: string },
  at: number,
): Line {
  const change = now - before;
  const sign = change > 0 ? [literal("+")] : [];
  const shown = [...sign, number({ value: change, unit }, ofPrior(at, "change"))];
  if (before === 0) return shown;
  const percent = (change / Math.abs(before)) * 100;
  return [
    ...shown,
    literal(percent > 0 ? " (+" : " ("),
    bareNumber({ value: percent, unit: "%", digits: 0 }, ofPrior(at, "change")),
    words("%)", " %)"),
  ];
}
