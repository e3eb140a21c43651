import type { Language } from "@etalon/base";
import { type AnyProtocol, calciumCategory, type Result } from "@etalon/measure";
import { shownNumber, tableLines } from "./table.ts";

/** Lesions listed one by one; the rest are in `result.json`. */
const LISTED_ITEMS = 20;

/** What `etalon analyze` prints: totals, sites, lesions, what must be known beside the numbers, and the digest. */
export function resultText(result: Result, protocol: AnyProtocol, language: Language): string {
  const isFrench = language === "fr";
  const lines = [`${protocol.title[language]} (${result.protocol.id} ${result.protocol.version})`];
  if (result.provisional) {
    lines.push(
      isFrench ? "PROVISOIRE : aucun lecteur n'a désigné les lésions" : "PROVISIONAL: no reader has marked the lesions",
    );
  }
  for (const { id, value, unit } of result.outputs.filter(
    ({ site, item }) => site === undefined && item === undefined,
  )) {
    const title = protocol.outputs[id]?.title[language] ?? id;
    const category =
      id === "agatston-score" ? `   ${isFrench ? "catégorie" : "category"} ${calciumCategory(value)}` : "";
    lines.push(`  ${title.padEnd(24)} ${shownNumber(value, language)} ${shownUnit(unit)}${category}`.trimEnd());
  }
  lines.push(...groupLines(result, protocol, language));
  lines.push(...candidateLines(result, language));
  for (const { code, details } of result.quality) lines.push(`  ! ${code} ${JSON.stringify(details)}`);
  const changed = result.sensitivity.filter(({ changesCategory }) => changesCategory);
  if (result.sensitivity.length > 0) {
    const list = changed.map(
      ({ parameter, choice, value }) => `${parameter}=${choice} → ${shownNumber(value, language)}`,
    );
    const none = isFrench ? "aucun choix publié ne change la catégorie" : "no published choice changes the category";
    lines.push(`  ${isFrench ? "sensibilité" : "sensitivity"}: ${list.length === 0 ? none : list.join("; ")}`);
  }
  lines.push(`  digest ${result.digest}`);
  lines.push(isFrench ? "Ce n'est pas un dispositif médical." : "Not a medical device.");
  return `${lines.join("\n")}\n`;
}

/** Units that people read better in another form than UCUM's. */
function shownUnit(unit: string): string {
  if (unit === "1" || unit.startsWith("{")) return "";
  return unit === "mm3" ? "mm³" : unit === "[arb'U]" ? "AU" : unit === "[hnsf'U]" ? "HU" : unit;
}

function groupLines(result: Result, protocol: AnyProtocol, language: Language): string[] {
  const ids = ["agatston-score", "volume-score", "mass-score", "lesion-count"].filter((id) =>
    result.outputs.some((output) => output.id === id),
  );
  const rows = new Map<string, Map<string, number>>();
  for (const { id, value, site, item } of result.outputs) {
    if (site === undefined && item === undefined) continue;
    const name = item === undefined ? (site ?? "") : `  ${item}${site === undefined ? "" : ` ${site}`}`;
    rows.set(name, (rows.get(name) ?? new Map<string, number>()).set(id, value));
  }
  if (rows.size === 0) return [];
  const items = [...rows].filter(([name]) => name.startsWith(" "));
  const listed = [...[...rows].filter(([name]) => !name.startsWith(" ")), ...items.slice(0, LISTED_ITEMS)];
  const head = ["", ...ids.map((id) => protocol.outputs[id]?.title[language] ?? id)];
  const body = listed.map(([name, values]) => [
    name,
    ...ids.map((id) => {
      const value = values.get(id);
      return value === undefined ? "" : shownNumber(value, language);
    }),
  ]);
  const more = items.length > LISTED_ITEMS ? [`    … ${items.length - LISTED_ITEMS}`] : [];
  return [...tableLines([head, ...body]).map((line) => `  ${line}`), ...more];
}

function candidateLines(result: Result, language: Language): string[] {
  if (result.candidates.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { status, reason } of result.candidates) {
    const key = reason === undefined ? status : `${status} (${reason})`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const list = [...counts].sort().map(([key, count]) => `${count} ${key}`);
  return [`  ${language === "fr" ? "composantes" : "components"}: ${list.join(", ")}`];
}
