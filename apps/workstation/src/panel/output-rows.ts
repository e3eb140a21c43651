import type { Language } from "@etalon/base";
import type { AnyProtocol, Result } from "@etalon/measure";
import { shownUnit, siteName, typeset } from "@etalon/report/text";
import { numberText } from "../text/dicom-text.ts";
import { measuredText } from "../text/value-text.ts";

type Output = Result["outputs"][number];

/** One number of a result as a reader reads it. */
export interface OutputRow {
  readonly id: string;
  readonly title: string;
  readonly value: number;
  readonly text: string;
  /** Empty where the number is a count or a ratio. */
  readonly unit: string;
  /** Its code, for who asks. */
  readonly code: string;
}

/** The numbers of one site, or of the whole where it has no title. */
export interface OutputGroup {
  readonly title: string | undefined;
  readonly rows: readonly OutputRow[];
}

/** The outputs of a result but those of single items: of the whole first, then by site. */
export function outputGroups(result: Result, protocol: AnyProtocol, language: Language): readonly OutputGroup[] {
  const sums = result.outputs.filter(({ item }) => item === undefined);
  const bySite = [...Map.groupBy(sums, ({ site }) => site)].sort(([a], [b]) => rankOf(a) - rankOf(b));
  // Where lesions are proposed, the sites stand in a table of their own.
  const shown = protocol.locate === undefined ? bySite : bySite.filter(([site]) => site === undefined);
  return shown.map(([site, outputs]) => ({
    title: site === undefined ? undefined : siteTitle(site, language),
    rows: outputs.map((output) => outputRow(output, protocol, language)),
  }));
}

/** A site as a heading. */
export function siteTitle(site: string, language: Language): string {
  const name = siteName(site).name[language];
  return typeset(name.charAt(0).toUpperCase() + name.slice(1), language);
}

function rankOf(site: string | undefined): number {
  return site === undefined ? 0 : 1;
}

function outputRow({ id, value, unit, code }: Output, protocol: AnyProtocol, language: Language): OutputRow {
  return {
    ...{ id, value },
    title: typeset(protocol.outputs[id]?.title[language] ?? id, language),
    text: unit.startsWith("{") ? numberText(value, language) : measuredText(value, language),
    unit: shownUnit(unit, language),
    code: `${code.meaning} (${code.value}, ${code.scheme}) [${unit}]`,
  };
}
