import type { Text } from "@etalon/base";
import type { FoundAnalysis, FoundResult } from "../api/results.ts";

/** How a protocol is called on a badge, and which of its outputs the badge shows. */
interface BadgeOutput {
  readonly name: Text;
  readonly output: string;
  readonly digits: number;
  readonly unit?: string;
}

/** Protocols whose one number says most. */
const badgeOutputs: Readonly<Record<string, BadgeOutput>> = {
  "coronary/calcium-score": { name: { en: "CAC", fr: "CAC" }, output: "agatston-score", digits: 0 },
  "cardiac/lv-function": { name: { en: "LVEF", fr: "FEVG" }, output: "lv-ejection-fraction", digits: 0, unit: "%" },
  "cardiac/late-enhancement": { name: { en: "LGE", fr: "RT" }, output: "infarct-percent", digits: 0, unit: "%" },
  "cardiac/intervention-check": {
    name: { en: "Target", fr: "Cible" },
    output: "target-coverage",
    digits: 0,
    unit: "%",
  },
  "cardiac/oedema": { name: { en: "T2 ratio", fr: "Rapport T2" }, output: "t2-signal-ratio", digits: 1 },
};

/** What stands of one protocol in a row of the worklist. */
export interface ResultBadge {
  readonly key: string;
  /** "CAC", or the protocol's own name. */
  readonly name: Text;
  /** Absent while it is measured, and where no number can be given. */
  readonly value: number | undefined;
  readonly digits: number;
  /** "%"; absent of a score. */
  readonly unit?: string;
  readonly state: "measured" | "provisional" | "running" | "refused";
}

/** The badges of each study: of each protocol its newest result, else how its newest analysis stands. */
export function badgesByStudy(
  results: readonly FoundResult[],
  analyses: readonly FoundAnalysis[],
): ReadonlyMap<string, readonly ResultBadge[]> {
  const byStudy = new Map<string, Map<string, ResultBadge>>();
  const put = (study: string, badge: ResultBadge): void => {
    const badges = byStudy.get(study) ?? new Map<string, ResultBadge>();
    if (!badges.has(badge.key)) badges.set(badge.key, badge);
    byStudy.set(study, badges);
  };
  for (const result of results) put(result.studyInstanceUid, badgeOfResult(result));
  for (const analysis of analyses) {
    const state = stateOf(analysis.state);
    if (state === undefined) continue;
    const { name } = shown(analysis.protocol);
    put(analysis.studyInstanceUid, { key: analysis.protocol, name, value: undefined, digits: 0, state });
  }
  return new Map([...byStudy].map(([study, badges]) => [study, [...badges.values()]]));
}

function badgeOfResult({ protocol, outputs, provisional }: FoundResult): ResultBadge {
  const { output, ...badge } = shown(protocol);
  const value = outputs.find(({ id }) => id === output)?.value;
  return { key: protocol, ...badge, value, state: provisional ? "provisional" : "measured" };
}

function shown(protocol: string): BadgeOutput {
  const name = protocol.split("/").at(-1) ?? protocol;
  return badgeOutputs[protocol] ?? { name: { en: name, fr: name }, output: "", digits: 0 };
}

function stateOf(state: string): "running" | "refused" | undefined {
  if (state === "queued" || state === "running") return "running";
  return state === "refused" ? "refused" : undefined;
}
