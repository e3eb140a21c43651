import type { Text } from "@etalon/base";
import type { Block, Chart, Inline, Line, ReportDocument } from "../document/document.ts";

/** Everything that a document says: its lines, and its texts that stand in no line. */
export interface DocumentParts {
  readonly inlines: readonly Inline[];
  /** Texts in lines included. */
  readonly texts: readonly Text[];
  readonly charts: readonly Chart[];
}

/** Takes a document apart. */
export function partsOfDocument(document: ReportDocument): DocumentParts {
  const blocks = document.sections.flatMap((section) => section.blocks);
  const charts = blocks.flatMap((block) => (block.kind === "chart" ? [block.chart] : []));
  const lines = [document.footer, ...document.header.map(({ value }) => value), ...blocks.flatMap(linesOf)];
  const inlines = lines.flat();
  const texts = [
    document.title,
    ...document.header.map(({ name }) => name),
    ...document.sections.map(({ title }) => title),
    ...blocks.flatMap(textsOf),
    ...charts.flatMap(chartTexts),
    ...inlines.flatMap((inline) => (inline.kind === "text" ? [inline.text] : [])),
  ];
  return { inlines, texts, charts };
}

function linesOf(block: Block): readonly Line[] {
  switch (block.kind) {
    case "paragraph":
      return [block.line];
    case "list":
    case "notice":
      return block.lines;
    case "table":
      return block.rows.flat();
    case "pairs":
      return block.pairs.map(({ value }) => value);
    case "picture":
      return [block.caption];
    case "pictures":
      return block.pictures.map(({ caption }) => caption);
    case "card":
      return [block.card.outcome, block.card.statement, ...block.card.lines, block.card.source];
    default:
      return [];
  }
}

function textsOf(block: Block): readonly Text[] {
  switch (block.kind) {
    case "subheading":
      return [block.title];
    case "table":
      return [block.caption, ...block.columns.map(({ title }) => title)];
    case "pairs":
      return block.pairs.map(({ name }) => name);
    case "picture":
      return [block.alternative];
    case "pictures":
      return block.pictures.map(({ alternative }) => alternative);
    case "card":
      return [block.card.title];
    default:
      return [];
  }
}

function chartTexts(chart: Chart): readonly Text[] {
  const labels =
    chart.kind === "risk-bars"
      ? chart.bars.map(({ label }) => label)
      : chart.kind === "sensitivity-strip"
        ? chart.points.map(({ label }) => label)
        : chart.kind === "time-curves"
          ? chart.curves.map(({ label }) => label)
          : [];
  return [chart.title, chart.description, ...labels];
}
