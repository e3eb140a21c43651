import { type Language, notAMedicalDevice } from "@etalon/base";
import { type AnyProtocol, calciumCategory, type Result } from "@etalon/measure";
import { categoryPhrases, protocolWords, shownNumber, shownUnit } from "@etalon/report/text";
import { candidateLines } from "./candidate-text.ts";
import { qualityText } from "./quality-text.ts";
import { fixedNumber, tableLines } from "./table.ts";

/** Lesions listed one by one, those of the highest score; the rest are in `result.json`. */
const LISTED_ITEMS = 20;

/** What `etalon analyze` prints: totals, sites, lesions, what must be known beside the numbers, and the digest. */
export function resultText(result: Result, protocol: AnyProtocol, language: Language): string {
  const isFrench = language === "fr";
  const lines = [`${protocol.title[language]} (${result.protocol.id} ${result.protocol.version})`];
  if (result.provisional) {
    const undone = protocolWords(protocol.id).undone[language].replace(/\.$/, "");
    const said = undone.charAt(0).toLowerCase() + undone.slice(1);
    lines.push(isFrench ? `PROVISOIRE : ${said}` : `PROVISIONAL: ${said}`);
  }
  const sections = [
    totalLines(result, protocol, language),
    groupLines(result, protocol, language),
    [
      ...candidateLines(result.candidates, language),
      ...sensitivityLines(result, protocol, language),
      ...result.quality.map((note) => `${note.severity === "warning" ? "!" : "·"} ${qualityText(note, language)}`),
    ],
  ];
  for (const section of sections) if (section.length > 0) lines.push("", ...section.map((line) => `  ${line}`));
  lines.push("", `  digest ${result.digest}`);
  lines.push(notAMedicalDevice[language]);
  return `${lines.join("\n")}\n`;
}

type Output = Result["outputs"][number];

function shownOutput({ value, unit }: Pick<Output, "value" | "unit">, language: Language): string {
  return unit.startsWith("{") ? shownNumber(value, language) : fixedNumber(value, language);
}

function totalLines(result: Result, protocol: AnyProtocol, language: Language): string[] {
  const totals = result.outputs.filter(({ site, item }) => site === undefined && item === undefined);
  const rows = totals.map((output) => [
    protocol.outputs[output.id]?.title[language] ?? output.id,
    shownOutput(output, language),
  ]);
  return tableLines(rows).map((line, index) => {
    const { id, value, unit } = totals[index];
    const category =
      id === "agatston-score"
        ? `   ${language === "fr" ? "catégorie" : "category"} ${categoryPhrases[calciumCategory(value)][language]}`
        : "";
    return `${line} ${shownUnit(unit, language)}${category}`.trimEnd();
  });
}

function groupLines(result: Result, protocol: AnyProtocol, language: Language): string[] {
  const known = ["agatston-score", "volume-score", "mass-score", "lesion-count"];
  const grouped = Object.keys(protocol.outputs).filter(
    (id) => known.includes(id) || !("agatston-score" in protocol.outputs),
  );
  const ids = grouped.filter((id) =>
    result.outputs.some((output) => output.id === id && (output.site !== undefined || output.item !== undefined)),
  );
  const rows = new Map<string, Map<string, Output>>();
  for (const output of result.outputs) {
    const { id, site, item } = output;
    if (site === undefined && item === undefined) continue;
    const name = item === undefined ? (site ?? "") : `  ${item}${site === undefined ? "" : ` ${site}`}`;
    rows.set(name, (rows.get(name) ?? new Map<string, Output>()).set(id, output));
  }
  if (rows.size === 0) return [];
  const items = [...rows].filter(([name]) => name.startsWith(" "));
  const limit = items.map(([, values]) => leadingValue(values, ids)).sort((a, b) => b - a)[LISTED_ITEMS - 1];
  const listed = items.filter(([, values]) => limit === undefined || leadingValue(values, ids) >= limit);
  const shown = [...[...rows].filter(([name]) => !name.startsWith(" ")), ...listed.slice(0, LISTED_ITEMS)];
  const head = ["", ...ids.map((id) => protocol.outputs[id]?.title[language] ?? id)];
  const body = shown.map(([name, values]) => [
    name,
    ...ids.map((id) => {
      const output = values.get(id);
      return output === undefined ? "" : shownOutput(output, language);
    }),
  ]);
  const more = items.length - LISTED_ITEMS;
  const rest =
    language === "fr" ? `… et ${more} plus petites : voir result.json` : `… and ${more} smaller: see result.json`;
  return [...tableLines([head, ...body]), ...(more > 0 ? [`  ${rest}`] : [])];
}

function leadingValue(values: ReadonlyMap<string, Output>, ids: readonly string[]): number {
  return values.get(ids[0] ?? "")?.value ?? 0;
}

/** Which published choices of method would change the category, or between which scores all of them lie. */
function sensitivityLines(result: Result, protocol: AnyProtocol, language: Language): string[] {
  // One scale at a time: what varies another number than the leading one is in the report's table.
  const leading = result.outputs.find(({ site, item }) => site === undefined && item === undefined)?.id;
  const sensitivity = result.sensitivity.filter(({ output }) => output === leading);
  if (sensitivity.length === 0) return [];
  const isFrench = language === "fr";
  const values = sensitivity.map(({ value }) => value);
  const range = [Math.min(...values), Math.max(...values)].map((value) => fixedNumber(value, language));
  const changing = sensitivity.filter(({ changesCategory }) => changesCategory);
  const list = changing.map(({ parameter, choice, value }) => {
    const title = protocol.parameters[parameter]?.title[language] ?? parameter;
    return `${title} = ${choice}: ${fixedNumber(value, language)}`;
  });
  const named = protocolWords(protocol.id).number[language].replace(/^(the|le|la|l') ?/, "");
  const spread = isFrench ? `de ${range.join(" à ")}` : `${range.join(" to ")}`;
  if (list.length === 0) {
    return [
      isFrench
        ? `sensibilité : aucun choix publié ne change la catégorie (${named} ${spread})`
        : `sensitivity: no published choice of method changes the category (${named} ${spread})`,
    ];
  }
  return [
    isFrench
      ? `sensibilité : d'autres choix publiés changeraient la catégorie (${named} ${spread})`
      : `sensitivity: other published choices of method would change the category (${named} ${spread})`,
    ...list.map((line) => `  ${line}`),
  ];
}
