import type { Text } from "@etalon/base";
import type { Result } from "@etalon/measure";
import { exclusionPhrases, statusPhrases } from "../../text/candidate-phrases.ts";
import type { Block } from "../document.ts";
import { number, textOf, words } from "../inline.ts";

type Candidates = Result["candidates"];

/** What bright was found and what became of it, in a sentence; nothing where nothing was looked for. */
export function candidateBlocks(candidates: Candidates): readonly Block[] {
  if (candidates.length === 0) return [];
  const parts = (["assigned", "candidate", "excluded"] as const).flatMap((status) => {
    const having = candidates.filter((candidate) => candidate.status === status);
    return having.length === 0 ? [] : [partText(having, statusPhrases[status])];
  });
  return [
    {
      kind: "paragraph",
      line: [
        words("Bright spots found: ", "Zones denses trouvées : "),
        number({ value: candidates.length, unit: "{spot}" }, { kind: "record", path: "candidates.length" }),
        words(": ", " : "),
        textOf(mergedText(parts, { en: "; ", fr: " ; " })),
        words(".", "."),
      ],
    },
  ];
}

/** "12 set aside (bone 3, too small 9)". */
function partText(having: Candidates, status: Text): Text {
  const reasons = Map.groupBy(
    having.flatMap(({ reason }) => reason ?? []),
    (reason) => reason,
  );
  const list = [...reasons]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, { length }]) => {
      const phrase = exclusionPhrases[reason] ?? { en: reason, fr: reason };
      return { en: `${phrase.en} ${length}`, fr: `${phrase.fr} ${length}` };
    });
  const { en, fr } = mergedText(list, { en: ", ", fr: ", " });
  const counted = { en: `${having.length} ${status.en}`, fr: `${having.length} ${status.fr}` };
  return list.length === 0 ? counted : { en: `${counted.en} (${en})`, fr: `${counted.fr} (${fr})` };
}

function mergedText(texts: readonly Text[], between: Text): Text {
  return { en: texts.map(({ en }) => en).join(between.en), fr: texts.map(({ fr }) => fr).join(between.fr) };
}
