import type { Text } from "@etalon/base";
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
  const pairs = applying.flatMap((verdict) =>
    Object.keys(verdict.value ?? {}).map((key) => ({
      name: nameOf(verdict, key),
      value: [...valueLine(verdict, key), ...markOf(verdict)],
    })),
  );
  if (pairs.length === 0) return [];
  return [
    { kind: "subheading", title: { en: "The score in context", fr: "Le score dans son contexte" } },
    { kind: "pairs", pairs },
  ];
}

/** A rule's title names the first of its values where that stands alone; any other says what it is itself. */
function nameOf(verdict: Verdict, key: string): Text {
  const declared = ruleOf(verdict)?.values ?? {};
  const own = declared[key]?.title;
  const isAlone = Object.keys(verdict.value ?? {}).length === 1;
  if (own === undefined || (isAlone && key === Object.keys(declared)[0])) return verdict.title;
  if (!isAlone) return own;
  const { en, fr } = verdict.title;
  return { en: `${own.en} (${withSmallInitial(en)})`, fr: `${own.fr} (${withSmallInitial(fr)})` };
}

function withSmallInitial(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function markOf({ source }: Verdict): Line {
  return source.verification === "not-verified" ? [words(" (not verified)", " (non vérifié)")] : [];
}
