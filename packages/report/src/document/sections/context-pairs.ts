import type { Verdict, Verdicts } from "@etalon/decide";
import type { Block, Line } from "../document.ts";
import { words } from "../inline.ts";
import { ruleOf } from "../rule-of.ts";
import { valueLine } from "../value-line.ts";

/** Packs that say what a score means among people; their cards stand under guidance. */
const PACKS: readonly string[] = ["mesa-percentile", "hoff-percentile", "mesa-chd-risk", "arterial-age"];

/** What equations and reference populations make of the score, in a few pairs. */
export function contextPairs(verdicts: Verdicts | null): readonly Block[] {
  const applying = (verdicts?.verdicts ?? []).filter(
    ({ pack, outcome }) => PACKS.includes(pack) && outcome === "applies",
  );
  const pairs = applying.flatMap((verdict) => {
    const keys = Object.keys(verdict.value ?? {});
    return keys.map((key) => ({
      name: (keys.length === 1 ? undefined : ruleOf(verdict)?.values[key]?.title) ?? verdict.title,
      value: [...valueLine(verdict, key), ...markOf(verdict)],
    }));
  });
  if (pairs.length === 0) return [];
  return [
    { kind: "subheading", title: { en: "The score in context", fr: "Le score dans son contexte" } },
    { kind: "pairs", pairs },
  ];
}

function markOf({ source }: Verdict): Line {
  return source.verification === "not-verified" ? [words(" (not verified)", " (non vérifié)")] : [];
}
