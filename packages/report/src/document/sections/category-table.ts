import type { Verdicts } from "@etalon/decide";
import type { Block, Line } from "../document.ts";
import { joined, strong, textOf, words } from "../inline.ts";
import { outcomeLine } from "../outcome-line.ts";
import { sourceLine } from "../source-line.ts";
import { valueLine } from "../value-line.ts";

/** The pack whose verdicts are named here, with their sources; guidance leaves them out. */
export const categoryPack = "calcium-categories";

/** The score's category on each published scale. */
export function categoryTable(verdicts: Verdicts | null): readonly Block[] {
  const named = (verdicts?.verdicts ?? []).filter(({ pack }) => pack === categoryPack);
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
      rows: named.map((verdict): readonly Line[] => {
        const keys = Object.keys(verdict.value ?? {});
        const category: Line =
          verdict.outcome === "applies"
            ? joined(
                keys.map((key) => valueLine(verdict, key)),
                words(", ", ", "),
              )
            : outcomeLine(verdict);
        const caveats = verdict.caveats.flatMap((caveat): Line => [words(" ", " "), strong(caveat)]);
        return [
          [textOf(verdict.title)],
          category,
          [...sourceLine(verdict), ...(caveats.length === 0 ? [] : [words(".", "."), ...caveats])],
        ];
      }),
    },
  ];
}
