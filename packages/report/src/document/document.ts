import type { Text } from "@etalon/base";

/**
 * Where a number of a report comes from, so that it can be followed back: `result` an output of the result (site and item
 * as there), `verdict` a key of a rule's value, `fact` a fact, `sensitivity` a row of the result's sensitivity, `record`
 * any other number of the result, by its path in `result.json`: "quality.0.details.coverageMm".
 */
export type Origin =
  | { readonly kind: "result"; readonly output: string; readonly site?: string; readonly item?: string }
  | { readonly kind: "verdict"; readonly rule: string; readonly key: string }
  | { readonly kind: "fact"; readonly fact: string }
  | { readonly kind: "sensitivity"; readonly parameter: string; readonly choice: string; readonly output: string }
  | { readonly kind: "record"; readonly path: string };

/** A piece of a line. */
export type Inline =
  | { readonly kind: "text"; readonly text: Text; readonly isStrong?: boolean }
  /** Names, codes and identifiers, the same in every language. */
  | { readonly kind: "literal"; readonly text: string; readonly isCode?: boolean }
  | {
      readonly kind: "number";
      /** Unrounded. */
      readonly value: number;
      /** UCUM unit. */
      readonly unit: string;
      /** Decimals shown. */
      readonly digits: number;
      readonly origin: Origin;
      /** Whether the words around it already say the unit, as a column's head does. */
      readonly isUnitSaid?: boolean;
    }
  | { readonly kind: "date" /** YYYY-MM-DD. */; readonly day: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

/** A line. */
export type Line = readonly Inline[];

/** A column of a table. */
export interface Column {
  readonly title: Text;
  readonly isNumeric?: boolean;
}

/** How a card or a notice is set apart; never by colour alone. */
export type Tone = "neutral" | "information" | "warning" | "undetermined";

/** What one verdict says, as a person reads it. */
export interface Card {
  /** Rule the card shows. */
  readonly rule: string;
  readonly title: Text;
  readonly tone: Tone;
  /** "applies", "does not apply", "undetermined: needs …". */
  readonly outcome: Line;
  readonly statement: Line;
  /** Value, caveats. */
  readonly lines: readonly Line[];
  /** Kind, class and level, source, date of last check. */
  readonly source: Line;
}

/** A chart as data; the renderers draw it in their language. */
export type Chart =
  | {
      readonly kind: "percentile-curve";
      readonly title: Text;
      /** Said to who does not see the chart. */
      readonly description: Text;
      /** Percentile curves of the reference: Agatston score by age. */
      readonly curves: readonly {
        readonly percentile: number;
        readonly points: readonly (readonly [age: number, score: number])[];
      }[];
      readonly patient: { readonly age: number; readonly score: number };
    }
  | {
      readonly kind: "risk-bars";
      readonly title: Text;
      readonly description: Text;
      /** Bars side by side, percent. */
      readonly bars: readonly { readonly label: Text; readonly percent: number; readonly origin: Origin }[];
    }
  | {
      readonly kind: "bulls-eye";
      readonly title: Text;
      readonly description: Text;
      /** Segments of the left ventricle by their number in the AHA's model, percent; one that has no value is left white. */
      readonly segments: readonly { readonly segment: number; readonly percent: number; readonly origin: Origin }[];
    }
  | {
      readonly kind: "time-curves";
      readonly title: Text;
      readonly description: Text;
      /** UCUM; "1" for a signal without a unit. */
      readonly unit: string;
      /** Curves over seconds; the input of the others is drawn divided by `inputDividedBy`. */
      readonly curves: readonly {
        readonly role: "input" | "whole" | "part";
        readonly label: Text;
        readonly points: readonly (readonly [seconds: number, value: number])[];
      }[];
      readonly inputDividedBy: number;
    }
  | {
      readonly kind: "sensitivity-strip";
      readonly title: Text;
      readonly description: Text;
      readonly unit: string;
      readonly reference: number;
      /** Category edges that fall in the strip. */
      readonly edges: readonly number[];
      readonly points: readonly {
        readonly label: Text;
        readonly value: number;
        readonly changesCategory: boolean;
        readonly origin: Origin;
      }[];
    };

/** A part of a section. */
export type Block =
  | { readonly kind: "paragraph"; readonly line: Line }
  | { readonly kind: "list"; readonly lines: readonly Line[] }
  | { readonly kind: "subheading"; readonly title: Text }
  | {
      readonly kind: "table";
      readonly caption: Text;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Line[])[];
      /** Whether the first column names its row. */
      readonly hasRowHeaders?: boolean;
    }
  | { readonly kind: "pairs"; readonly pairs: readonly { readonly name: Text; readonly value: Line }[] }
  | {
      readonly kind: "picture";
      readonly id: string;
      readonly png: Uint8Array;
      readonly widthPx: number;
      readonly heightPx: number;
      readonly caption: Line;
      readonly alternative: Text;
    }
  | { readonly kind: "pictures"; readonly pictures: readonly Extract<Block, { kind: "picture" }>[] }
  | { readonly kind: "chart"; readonly chart: Chart }
  | { readonly kind: "card"; readonly card: Card }
  | { readonly kind: "notice"; readonly tone: Tone; readonly lines: readonly Line[] };

/** One part of a report. */
export interface Section {
  /** "indication", "technique", "results", "conclusion", "guidance", "method", "recipe" … */
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
}

/** A report, before it has a language or a form. HTML and PDF are renderings of it. */
export interface ReportDocument {
  /** Derived from the result's digest: the same report has the same id. */
  readonly id: string;
  readonly title: Text;
  /** Patient and study, as pairs at the head of the first page. */
  readonly header: readonly { readonly name: Text; readonly value: Line }[];
  /** Whose it is, by name and identifier: at the head of every page after the first. */
  readonly runningHead?: Line;
  readonly sections: readonly Section[];
  /** Shown on every page. */
  readonly footer: Line;
  readonly resultDigest: string;
  readonly createdAt: string;
  /** Whether somebody answers for it, by a section of the document: nobody is asked to sign the print. */
  readonly isSigned?: boolean;
}
