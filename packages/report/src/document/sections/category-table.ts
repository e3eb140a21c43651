import type { Verdict, Verdicts } from "@etalon/decide";
import type { Block, Line } from "../document.ts";
import { joined, literal, textOf, words } from "../inline.ts";
import { outcomeLine } from "../outcome-line.ts";
import { sourceLine } from "../source-line.ts";
import { valueLine } from "../value-line.ts";

/** The pack whose verdicts are named in a table of the results; they have no cards. */
export const categoryPack = "calcium-categories";

/** The score's category on each published scale, or what it lacks; a scale that is not for this score has no row. */
export function categoryTable(verdicts: Verdicts | null): readonly Block[] {
  const named = categoryVerdicts(verdicts);
  if (named.length === 0) return [];
  return [
    {
      kind: "table",
      caption: { en: "Category on each published scale", fr: "Catégorie selon chaque échelle publiée" },
      columns: [
        { title: { en: "Scale", fr: "Échelle" } },
        { title: { en: "Category", fr: "Catégorie" } },
        { title: { en: "Source", fr: "Source" } },
      ],
      hasRowHeaders: true,
      rows: named.map((verdict) => [
        [textOf(verdict.title)],
        categoryLine(verdict),
        [...sourceLine(verdict), ...verdict.caveats.flatMap((caveat): Line => [literal(" · "), textOf(caveat)])],
      ]),
    },
  ];
}

function categoryVerdicts(verdicts: Verdicts | null): readonly Verdict[] {
  return (verdicts?.verdicts ?? []).filter(({ pack, outcome }) => pack === categoryPack && outcome !== "does-not");
}

function categoryLine(verdict: Verdict): Line {
  if (verdict.outcome !== "applies") return outcomeLine(verdict);
  const values = Object.keys(verdict.value ?? {}).map((key) => valueLine(verdict, key));
  return joined(values, words(", ", ", "));
}
