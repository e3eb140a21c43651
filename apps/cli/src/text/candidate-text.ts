import type { Language, Text } from "@etalon/base";
import type { Result } from "@etalon/measure";

const STATUS: Readonly<Record<Result["candidates"][number]["status"], Text>> = {
  assigned: { en: "assigned by the marks", fr: "désignées par les marques" },
  candidate: { en: "proposed", fr: "proposées" },
  excluded: { en: "set aside", fr: "écartées" },
};

/** Why something bright does not count, in a few words; a test compares the codes with those that are measured. */
export const exclusionPhrases: Readonly<Record<string, Text>> = {
  bone: { en: "bone", fr: "os" },
  table: { en: "table", fr: "table" },
  "outside-heart": { en: "outside the heart", fr: "hors du cœur" },
  "too-small": { en: "too small", fr: "trop petites" },
};

/** One line that counts what was found by status and reason; none when nothing was found. */
export function candidateLines(candidates: Result["candidates"], language: Language): string[] {
  if (candidates.length === 0) return [];
  const parts: string[] = [];
  for (const status of ["assigned", "candidate", "excluded"] as const) {
    const having = candidates.filter((candidate) => candidate.status === status);
    if (having.length === 0) continue;
    const reasons = new Map<string, number>();
    for (const { reason } of having) if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    const list = [...reasons]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([reason, count]) => `${exclusionPhrases[reason]?.[language] ?? reason} ${count}`);
    parts.push(`${having.length} ${STATUS[status][language]}${list.length === 0 ? "" : ` (${list.join(", ")})`}`);
  }
  return [language === "fr" ? `zones denses : ${parts.join(" ; ")}` : `bright spots: ${parts.join("; ")}`];
}
