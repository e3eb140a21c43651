import type { Language } from "@etalon/base";
import type { Result } from "@etalon/measure";
import { exclusionPhrases, statusPhrases } from "@etalon/report/text";

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
    parts.push(
      `${having.length} ${statusPhrases[status][language]}${list.length === 0 ? "" : ` (${list.join(", ")})`}`,
    );
  }
  return [language === "fr" ? `zones denses : ${parts.join(" ; ")}` : `bright spots: ${parts.join("; ")}`];
}
