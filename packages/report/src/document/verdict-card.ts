import type { Verdict } from "@etalon/decide";
import type { Card, Line } from "./document.ts";
import { strong, textOf, words } from "./inline.ts";
import { factTitles, outcomeLine } from "./outcome-line.ts";
import { ruleOf } from "./rule-of.ts";
import { sourceLine } from "./source-line.ts";
import { valueLines } from "./value-line.ts";

/** What one verdict says, as a card. */
export function verdictCard(verdict: Verdict): Card {
  // A note on the sources matters once the rule does.
  const note = verdict.outcome === "applies" ? ruleOf(verdict)?.note : undefined;
  const lines: readonly Line[] = [
    ...valueLines(verdict),
    ...verdict.caveats.map((caveat) => [strong({ en: "Limit: ", fr: "Limite : " }), textOf(caveat)]),
  ];
  return {
    rule: verdict.rule,
    title: verdict.title,
    tone: toneOf(verdict),
    outcome: outcomeLine(verdict),
    statement: [textOf(verdict.statement)],
    lines,
    source: [
      ...sourceLine(verdict),
      ...(note === undefined ? [] : [strong({ en: " · Note: ", fr: " · Note : " }), textOf(note)]),
      ...(verdict.needsAgain === undefined ? [] : againLine(verdict.needsAgain)),
    ],
  };
}

function toneOf({ outcome, source }: Verdict): Card["tone"] {
  if (outcome === "undetermined") return "undetermined";
  if (source.isRetracted || source.supersededBy !== undefined) return "warning";
  return outcome === "applies" ? "information" : "neutral";
}

/** A sensitive fact is nowhere in what is stored. */
function againLine(facts: readonly string[]): Line {
  return [
    strong({ en: " · Replay: ", fr: " · Recalcul : " }),
    words(
      "only with a fact given again that is not kept here: ",
      "seulement avec une donnée à fournir de nouveau, non conservée ici : ",
    ),
    ...factTitles(facts),
    words(".", "."),
  ];
}
