import { EtalonError, type JsonValue, type Language, type Text } from "@etalon/base";
import { chartSvg } from "../charts/chart-svg.ts";
import type { Block, Card, Chart, Inline, Line, ReportDocument } from "../document/document.ts";
import { inlineText } from "../text/inline-text.ts";
import { typeset } from "../text/typeset.ts";
import { columnWeights } from "./column-weights.ts";
import { type Coverage, drawableText } from "./drawable-text.ts";
import { pageWords } from "./page-words.ts";

/** What the template is given: a report in one language as JSON, and the pictures and charts that it names by path. */
export interface ReportData {
  readonly json: JsonValue;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The data of a document in one language, for `reportTemplate`. */
export function reportData(document: ReportDocument, language: Language, coverage: Coverage): ReportData {
  const writer = new DataWriter(language, coverage);
  const words = pageWords[language];
  const json: JsonValue = {
    id: document.id,
    language,
    title: writer.text(document.title),
    createdAt: utcParts(document.createdAt),
    keywords: [document.id, document.resultDigest],
    labels: {
      page: words.page,
      signature: document.isSigned === true ? [] : [words.reader, words.date, words.signature],
    },
    runningHead: writer.line(document.runningHead ?? []),
    header: document.header.map(({ name, value }) => ({ name: writer.text(name), value: writer.line(value) })),
    sections: document.sections.map(({ id, title, blocks }) => ({
      id,
      title: writer.text(title),
      blocks: blocks.map((block) => writer.block(block)),
    })),
    footer: writer.line(document.footer),
  };
  return { json, files: writer.files };
}

class DataWriter {
  readonly files = new Map<string, Uint8Array>();
  readonly #language: Language;
  readonly #coverage: Coverage;

  constructor(language: Language, coverage: Coverage) {
    this.#language = language;
    this.#coverage = coverage;
  }

  text(text: Text): string {
    return drawableText(typeset(text[this.#language], this.#language), this.#coverage);
  }

  line(line: Line): JsonValue {
    return line.map((inline) => ({
      text: drawableText(inlineText(inline, this.#language), this.#coverage),
      style: styleOf(inline),
      ...(isWebLink(inline) ? { url: inline.url } : {}),
    }));
  }

  block(block: Block): JsonValue {
    switch (block.kind) {
      case "paragraph":
        return { kind: block.kind, line: this.line(block.line) };
      case "list":
        return { kind: block.kind, lines: this.#lines(block.lines) };
      case "subheading":
        return { kind: block.kind, title: this.text(block.title) };
      case "table":
        return this.#table(block);
      case "pairs":
        return {
          kind: block.kind,
          isShort: block.pairs.every(({ value }) => this.#length(value) <= SHORT_VALUE),
          pairs: block.pairs.map(({ name, value }) => ({ name: this.text(name), value: this.line(value) })),
        };
      case "picture":
        return { kind: block.kind, ...this.#picture(block) };
      case "pictures":
        return { kind: block.kind, pictures: block.pictures.map((picture) => this.#picture(picture)) };
      case "chart":
        return { kind: block.kind, ...this.#chart(block.chart) };
      case "card":
        return { kind: block.kind, ...this.#card(block.card) };
      case "notice":
        return { kind: block.kind, tone: block.tone, lines: this.#lines(block.lines) };
    }
  }

  #lines(lines: readonly Line[]): JsonValue {
    return lines.map((line) => this.line(line));
  }

  #table(table: Extract<Block, { kind: "table" }>): JsonValue {
    const weights = columnWeights(
      table.columns.map(({ title, isNumeric = false }, at) => ({
        isNumeric,
        title: this.text(title),
        length: Math.max(0, ...table.rows.map((row) => this.#length(row[at] ?? []))),
      })),
    );
    return {
      kind: table.kind,
      caption: this.text(table.caption),
      columns: table.columns.map(({ title, isNumeric = false }, at) => ({
        title: this.text(title),
        isNumeric,
        weight: weights[at] ?? null,
      })),
      rows: table.rows.map((row) => this.#lines(row)),
    };
  }

  /** Characters of a line. */
  #length(line: Line): number {
    return line.reduce((sum, inline) => sum + inlineText(inline, this.#language).length, 0);
  }

  #picture(picture: Extract<Block, { kind: "picture" }>): { readonly [key: string]: JsonValue } {
    const path = `pictures/${this.files.size}.png`;
    this.files.set(path, picture.png);
    return { path, alternative: this.text(picture.alternative), caption: this.line(picture.caption) };
  }

  #chart(chart: Chart): { readonly [key: string]: JsonValue } {
    const path = `charts/${this.files.size}.svg`;
    this.files.set(path, new TextEncoder().encode(chartSvg(chart, this.#language)));
    return { path, title: this.text(chart.title), alternative: this.text(chart.description) };
  }

  #card({ title, tone, outcome, statement, lines, source }: Card): { readonly [key: string]: JsonValue } {
    return {
      title: this.text(title),
      tone,
      outcome: this.line(outcome),
      isBrief: this.#length(outcome) <= BRIEF_OUTCOME,
      statement: this.line(statement),
      lines: this.#lines(lines),
      source: this.line(source),
    };
  }
}

/** Whether a text of so many characters may take more than one line of its column. */
/** Characters of an outcome that stands beside the title of its card. */
const BRIEF_OUTCOME = 24;

/** Characters of a value that fits in a third of the width, on two lines at most. */
const SHORT_VALUE = 40;

function styleOf(inline: Inline): "plain" | "strong" | "code" | "link" {
  switch (inline.kind) {
    case "text":
      return inline.isStrong === true ? "strong" : "plain";
    case "literal":
      return inline.isCode === true ? "code" : "plain";
    case "link":
      return isWebLink(inline) ? "link" : "plain";
    default:
      return "plain";
  }
}

/** Only addresses of the web are links. */
function isWebLink(inline: Inline): inline is Extract<Inline, { kind: "link" }> {
  return inline.kind === "link" && /^https?:\/\//i.test(inline.url);
}

/** A moment in UTC, as Typst's `datetime` takes it. */
function utcParts(moment: string): JsonValue {
  const milliseconds = Date.parse(moment);
  if (Number.isNaN(milliseconds)) {
    throw new EtalonError("wrong-type", {
      field: "createdAt",
      received: moment,
      details: { expected: "2026-11-22T10:30:00+01:00" },
    });
  }
  const utc = new Date(milliseconds);
  return {
    year: utc.getUTCFullYear(),
    month: utc.getUTCMonth() + 1,
    day: utc.getUTCDate(),
    hour: utc.getUTCHours(),
    minute: utc.getUTCMinutes(),
    second: utc.getUTCSeconds(),
  };
}
