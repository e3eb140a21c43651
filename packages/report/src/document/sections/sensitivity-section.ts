import type { Text } from "@etalon/base";
import { catalog } from "@etalon/decide";
import type { AnyProtocol, Result } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";
import { choiceText } from "../../text/choice-texts.ts";
import { capitalised, categoryText, type ProtocolWords, protocolWords } from "../../text/protocol-words.ts";
import type { Block, Chart, Inline, Line, Origin, Section } from "../document.ts";
import { bareNumber, number, strong, textOf, words } from "../inline.ts";
import { leadingTotal } from "../leading-values.ts";

type Row = Result["sensitivity"][number];
type Total = Result["outputs"][number];

/** Whether another published choice of method would change the category, in a sentence of the results. */
export function sensitivitySummary({ result }: Pick<ReportInput, "result">): readonly Block[] {
  const total = leadingTotal(result);
  if (total === undefined || result.sensitivity.length === 0) return [];
  return [
    {
      kind: "paragraph",
      line: summaryLine(ofTotal(result.sensitivity, total), total.unit, protocolWords(result.protocol.id)),
    },
  ];
}

/** What the score would be under the other published choices of method, and whether its category would be another. */
export function sensitivitySection({ result, protocol }: Pick<ReportInput, "result" | "protocol">): readonly Section[] {
  const total = leadingTotal(result);
  if (total === undefined || result.sensitivity.length === 0) return [];
  return [
    {
      id: "sensitivity",
      title: { en: "What the method changes", fr: "Ce que change la méthode" },
      blocks: [
        { kind: "chart", chart: stripOf(ofTotal(result.sensitivity, total), total, protocol) },
        choiceTable(result.sensitivity, total, protocol),
      ],
    },
  ];
}

/** What varies the leading number: the strip has one scale. The table shows the rest. */
function ofTotal(rows: readonly Row[], { id }: Total): readonly Row[] {
  return rows.filter(({ output }) => output === id);
}

function stripOf(rows: readonly Row[], total: Total, protocol: AnyProtocol): Chart {
  const values = [...rows.map(({ value }) => value), total.value];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const named = protocolWords(protocol.id);
  return {
    kind: "sensitivity-strip",
    title: {
      en: `${capitalised(named.number, "en")} under other published choices of method`,
      fr: `${capitalised(named.number, "fr")} selon d'autres choix de méthode publiés`,
    },
    description: {
      en: `One point for each published choice; the line is ${named.number.en} of this report. Values are in the table below.`,
      fr: `Un point par choix publié ; le trait est ${named.number.fr} de ce compte rendu. Les valeurs sont dans le tableau ci-dessous.`,
    },
    unit: total.unit,
    reference: total.value,
    edges: (named.edges ?? categoryEdges()).filter((edge) => edge >= low && edge <= high),
    points: rows.map((row) => ({
      label: choiceTitle(row, protocol),
      value: row.value,
      changesCategory: row.changesCategory,
      origin: originOf(row),
    })),
  };
}

function choiceTable(rows: readonly Row[], { unit }: Total, protocol: AnyProtocol): Block {
  const named = protocolWords(protocol.id);
  const valueIn = (row: Row): Inline => {
    const own = protocol.outputs[row.output]?.unit ?? unit;
    const show = own === unit ? bareNumber : number;
    return show({ value: row.value, unit: own }, originOf(row));
  };
  return {
    kind: "table",
    caption: {
      en: `${capitalised(named.number, "en")} by choice of method`,
      fr: `${capitalised(named.number, "fr")} selon le choix de méthode`,
    },
    columns: [
      { title: { en: "Choice", fr: "Choix" } },
      { title: named.column, isNumeric: true },
      { title: { en: "Category", fr: "Catégorie" } },
    ],
    hasRowHeaders: true,
    rows: rows.map((row) => [[textOf(choiceTitle(row, protocol))], [valueIn(row)], categoryLine(row)]),
  };
}

function choiceTitle({ parameter, choice }: Row, protocol: AnyProtocol): Text {
  const title = protocol.parameters[parameter]?.title ?? { en: parameter, fr: parameter };
  const text = choiceText(parameter, choice);
  return { en: `${title.en}: ${text.en}`, fr: `${title.fr} : ${text.fr}` };
}

function summaryLine(rows: readonly Row[], unit: string, named: ProtocolWords): Line {
  const subject = { en: ` ${capitalised(named.number, "en")}`, fr: ` ${capitalised(named.number, "fr")}` };
  const sorted = [...rows].sort((a, b) => a.value - b.value);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest === undefined || highest === undefined) return [];
  const range: Line =
    lowest.value === highest.value
      ? [
          words(`${subject.en} would stay `, `${subject.fr} resterait `),
          number({ value: lowest.value, unit }, originOf(lowest)),
        ]
      : [
          words(`${subject.en} would lie between `, `${subject.fr} se situerait entre `),
          number({ value: lowest.value, unit }, originOf(lowest)),
          words(" and ", " et "),
          number({ value: highest.value, unit }, originOf(highest)),
        ];
  return rows.some(({ changesCategory }) => changesCategory)
    ? [
        strong({
          en: "Other published choices of method would change the category.",
          fr: "D'autres choix de méthode publiés changeraient la catégorie.",
        }),
        ...range,
        words(".", "."),
      ]
    : [
        words(
          "No other published choice of method would change the category.",
          "Aucun autre choix de méthode publié ne changerait la catégorie.",
        ),
        ...range,
        words(".", "."),
      ];
}

function categoryLine(row: Row): Line {
  const category = textOf(categoryText(row));
  return row.changesCategory ? [category, strong({ en: " (changes)", fr: " (change)" })] : [category];
}

function originOf({ parameter, choice, output }: Row): Origin {
  return { kind: "sensitivity", parameter, choice, output };
}

/** The edges of the guideline's scale, as its pack declares them. */
function categoryEdges(): readonly number[] {
  const rules = catalog.flatMap(({ rules }) => rules);
  const computation = rules.find(({ id }) => id === "calcium-categories/guideline")?.computation;
  if (computation?.kind !== "bands") return [];
  return computation.bands.flatMap(({ to }) => (to === null || to === 0 ? [] : [to]));
}
