import type { Text } from "@etalon/base";
import { type DeskColumn, type MinocaDesk, minocaDeskOf, type Verdict } from "@etalon/decide";
import type { ReportInput } from "../../report-input.ts";
import type { Block, Line, Section } from "../document.ts";
import { joined, literal, strong, textOf, words } from "../inline.ts";
import { factTitles } from "../outcome-line.ts";
import { sourceLine } from "../source-line.ts";

/** The pack whose verdicts stand side by side in a section of their own; they have no cards. */
export const deskPack = "minoca-desk";

/** Myocarditis, infarct and Takotsubo side by side, where the desk was asked; nothing is compared before its gate is open. */
export function minocaSection({ verdicts }: Pick<ReportInput, "verdicts">): readonly Section[] {
  const desk = verdicts === null ? null : minocaDeskOf(verdicts);
  if (desk === null) return [];
  return [
    {
      id: "minoca-desk",
      title: { en: "MINOCA: three diagnoses compared", fr: "MINOCA : trois diagnostics comparés" },
      blocks: [gateNotice(desk), ...(desk.gate === "open" ? [comparison(desk), unranked, ...missingTable(desk)] : [])],
    },
  ];
}

const GATE: Readonly<Record<MinocaDesk["gate"], Text>> = {
  open: {
    en: "Coronary arteries known, no stenosis of 50 % or more.",
    fr: "Coronaires connues, aucune sténose d'au moins 50 %.",
  },
  closed: {
    en: "A coronary artery is obstructed (50 % or more): by definition no MINOCA. Nothing is compared.",
    fr: "Une artère coronaire est obstruée (au moins 50 %) : par définition, ce n'est pas un MINOCA. Rien n'est comparé.",
  },
  undetermined: {
    en: "Undetermined: the coronary anatomy is not known. Nothing is compared.",
    fr: "Indéterminé : l'anatomie coronaire n'est pas connue. Rien n'est comparé.",
  },
};

function gateNotice({ gate, gateVerdict }: MinocaDesk): Block {
  return {
    kind: "notice",
    tone: gate === "undetermined" ? "undetermined" : gate === "closed" ? "warning" : "information",
    lines: [[strong(GATE[gate])], [...sourceLine(gateVerdict), ...caveatsOf(gateVerdict)]],
  };
}

function comparison({ columns }: MinocaDesk): Block {
  return {
    kind: "table",
    caption: {
      en: "What supports each diagnosis, what speaks against it, what is not known",
      fr: "Arguments pour et contre chaque diagnostic, et ce qui n'est pas connu",
    },
    columns: [
      { title: { en: "Diagnosis", fr: "Diagnostic" } },
      { title: { en: "Supports", fr: "En faveur" } },
      { title: { en: "Speaks against", fr: "En défaveur" } },
      { title: { en: "Not known", fr: "Non connu" } },
    ],
    hasRowHeaders: true,
    rows: columns.map(columnRow),
  };
}

function columnRow({ title, supports, against, missingFacts }: DeskColumn): readonly Line[] {
  return [[textOf(title)], findings(supports), findings(against), dashed(factTitles(missingFacts))];
}

function findings(verdicts: readonly Verdict[]): Line {
  const lines = verdicts.map(
    (verdict): Line => [strong(verdict.title), literal(" · "), textOf(verdict.statement), ...caveatsOf(verdict)],
  );
  return dashed(joined(lines, literal(" — ")));
}

function caveatsOf({ caveats }: Verdict): Line {
  return caveats.flatMap((caveat): Line => [literal(" · "), textOf(caveat)]);
}

function dashed(line: Line): Line {
  return line.length === 0 ? [literal("–")] : line;
}

const unranked: Block = {
  kind: "paragraph",
  line: [
    words(
      "Nothing is ranked or added up: the reader concludes.",
      "Rien n'est classé ni additionné : le lecteur conclut.",
    ),
  ],
};

function missingTable({ missing }: MinocaDesk): readonly Block[] {
  if (missing.length === 0) return [];
  return [
    {
      kind: "table",
      caption: { en: "Missing, and what it would add", fr: "Ce qui manque, et ce que cela apporterait" },
      columns: [
        { title: { en: "Missing", fr: "Il manque" } },
        { title: { en: "What it would add", fr: "Apport" } },
        { title: { en: "Source", fr: "Source" } },
      ],
      hasRowHeaders: true,
      rows: missing.map((verdict) => [
        [textOf(verdict.title)],
        [textOf(verdict.statement), ...caveatsOf(verdict)],
        sourceLine(verdict),
      ]),
    },
  ];
}
