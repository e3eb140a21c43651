import type { Result } from "@etalon/measure";
import { noteSentences } from "../../text/note-sentences.ts";
import { reasonPhrases } from "../../text/reason-phrases.ts";
import { sentenceOf } from "../../text/sentence-of.ts";
import type { Block, Line, Section } from "../document.ts";
import { code, joined, literal, number, textOf, words } from "../inline.ts";
import { type LedgerRecord, readLedgerRecord } from "../ledger-record.ts";
import { templateLine } from "../template-line.ts";

/** What was received and where it went; nothing where no image was. */
export function ledgerSection({ ledger }: Result): readonly Section[] {
  const record = readLedgerRecord(ledger);
  if (record.received === undefined || record.received === 0) return [];
  return [
    {
      id: "ledger",
      title: { en: "What was received", fr: "Ce qui a été reçu" },
      blocks: [
        { kind: "paragraph", line: countLine(record) },
        ...stackTable(record),
        ...(record.notes.length === 0 ? [] : [{ kind: "list" as const, lines: record.notes.map(noteLine) }]),
      ],
    },
  ];
}

function countLine({ received = 0, placed = 0, unplaced }: LedgerRecord): Line {
  const count = (value: number, path: string) => number({ value, unit: "{file}" }, { kind: "record", path });
  const reasons = unplaced.map(({ code: reason, count: files }): Line => {
    const phrase = Object.entries(reasonPhrases).find(([id]) => id === reason)?.[1];
    return [
      phrase === undefined ? code(reason) : textOf(phrase),
      literal(" "),
      count(files, `ledger.unplaced.${reason}`),
    ];
  });
  return [
    words("Files received: ", "Fichiers reçus : "),
    count(received, "ledger.received"),
    words("; with a place in a series: ", " ; ayant une place dans une série : "),
    count(placed, "ledger.placed"),
    ...(reasons.length === 0
      ? [words("; none left aside.", " ; aucun laissé de côté.")]
      : [words("; left aside: ", " ; laissés de côté : "), ...joined(reasons, literal(", ")), words(".", ".")]),
  ];
}

function stackTable({ stacks }: LedgerRecord): readonly Block[] {
  if (stacks.length === 0) return [];
  return [
    {
      kind: "table",
      caption: { en: "Stacks of images", fr: "Piles d'images" },
      columns: [
        { title: { en: "Series", fr: "Série" } },
        { title: { en: "Slices", fr: "Coupes" }, isNumeric: true },
        { title: { en: "Identifier", fr: "Identifiant" } },
      ],
      hasRowHeaders: true,
      rows: stacks.map(({ path, id, modality, description, slices }) => [
        [literal([...modality, ...description].join(" "))],
        slices === undefined
          ? [literal("–")]
          : [number({ value: slices, unit: "{slice}" }, { kind: "record", path: `${path}.slices` })],
        [code(id)],
      ]),
    },
  ];
}

function noteLine({ code: id, details, path }: LedgerRecord["notes"][number]): Line {
  const sentence = Object.entries(noteSentences).find(([known]) => known === id)?.[1];
  return sentence === undefined ? [code(id)] : templateLine(sentenceOf(sentence), details, path);
}
