import type { Language } from "@etalon/base";
import { type ComparedOutput, type Comparison, catalog } from "@etalon/measure";
import { conclusionTexts, type FollowUpContext, followUpTexts, reserveTexts, shownUnit } from "@etalon/report/text";
import { columnLines, fixedNumber } from "./table.ts";

const words = {
  en: {
    between: "days between",
    notChecked: "! Not checked that both are of one patient: --earlier-study and --later-study read their headers.",
    same: "One patient, by the images' headers.",
    parameter: "! measured with another",
    onlyEarlier: "in the earlier result only",
    onlyLater: "in the later result only",
    limits: "Limits",
    read: "read",
    colon: ": ",
  },
  fr: {
    between: "jours d'intervalle",
    notChecked:
      "! Non vérifié qu'il s'agit d'un même patient : --earlier-study et --later-study lisent les en-têtes des images.",
    same: "Un seul patient, d'après les en-têtes des images.",
    parameter: "! mesuré avec une autre valeur de",
    onlyEarlier: "dans le premier résultat seul",
    onlyLater: "dans le second résultat seul",
    limits: "Limites",
    read: "lu",
    colon: " : ",
  },
} as const;

/** What `etalon compare` prints: each number at both dates, its change, the limit and what follows; then the sources. */
export function comparisonText(
  comparison: Comparison,
  { language, context }: { readonly language: Language; readonly context: FollowUpContext | undefined },
): string {
  const w = words[language];
  const { protocol, dates, daysBetween, patient, differentParameters, onlyEarlier, onlyLater, digest } = comparison;
  const when = dates === null ? "" : `  ${dates.earlier} → ${dates.later}, ${daysBetween} ${w.between}`;
  return [
    `${protocol.id} ${protocol.version}${when}`,
    patient === "same" ? w.same : w.notChecked,
    "",
    ...columnLines(comparison.outputs.map((output) => outputCells(output, protocol.id, language))),
    ...differentParameters.map(({ id, earlier, later }) => `${w.parameter} ${id}${w.colon}${earlier} → ${later}`),
    ...onlyEarlier.map((name) => `${name}${w.colon}${w.onlyEarlier}`),
    ...onlyLater.map((name) => `${name}${w.colon}${w.onlyLater}`),
    "",
    ...limitLines(comparison, language),
    ...(context === undefined ? [] : [...followUpTexts[context].map((text) => text[language]), ""]),
    `digest ${digest}`,
    "",
  ].join("\n");
}

function outputCells(
  { output, site, unit, earlier, later, change, limits, conclusion, reserve }: ComparedOutput,
  protocol: string,
  language: Language,
): readonly string[] {
  const title = catalog.find(({ id }) => id === protocol)?.outputs[output]?.title[language] ?? output;
  const shown = (value: number) => fixedNumber(value, language);
  const sign = change > 0 ? "+" : "";
  const reason = reserve === undefined ? "" : ` (${reserveTexts[reserve][language]})`;
  return [
    site === undefined ? title : `${title} ${site}`,
    `${shown(earlier)} → ${shown(later)} ${shownUnit(unit, language)}`.trim(),
    `${sign}${shown(change)}`,
    limits.map(({ value }) => `±${shown(value)}`).join(" / "),
    `${conclusionTexts[conclusion][language]}${reason}`,
  ];
}

function limitLines({ outputs }: Comparison, language: Language): readonly string[] {
  const w = words[language];
  const known = new Map(outputs.flatMap(({ limits }) => limits).map((limit) => [limit.circumstances[language], limit]));
  if (known.size === 0) return [];
  return [
    w.limits,
    ...[...known.values()].map(
      ({ circumstances, citation, doi, readAt }) =>
        `  ${circumstances[language]}${w.colon}${citation}${doi === undefined ? "" : `, doi ${doi}`} (${w.read}${w.colon}${readAt[language]})`,
    ),
    "",
  ];
}
