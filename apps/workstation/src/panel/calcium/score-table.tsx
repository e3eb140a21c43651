import type { Result } from "@etalon/measure";
import { siteName } from "@etalon/report/text";
import { memo, type ReactNode } from "react";
import { numberText } from "../../text/dicom-text.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { panelTexts } from "../panel-texts.ts";
import { arteries, arteryColour } from "./arteries.ts";
import styles from "./calcium.module.css";

/** Score, volume and lesions by artery and in all, as they stand. */
export const ScoreTable = memo(function ScoreTable({
  result,
  isCurrent,
}: {
  readonly result: Result | undefined;
  readonly isCurrent: boolean;
}): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  if (result === undefined) return null;
  const sums = result.outputs.filter(({ item }) => item === undefined);
  const sumOf = (id: string, site: string | undefined): number | undefined =>
    sums.find((output) => output.id === id && output.site === site)?.value;
  const others = [...new Set(sums.flatMap(({ site }) => site ?? []))].filter(
    (site) => !arteries.some((one) => one === site),
  );
  const cell = (value: number | undefined, digits = 0): string =>
    value === undefined ? "–" : numberText(value, language, digits);
  return (
    <table className={styles.scores} data-stale={!isCurrent} data-testid="scores">
      <thead>
        <tr>
          <th scope="col">{texts.artery}</th>
          <th scope="col">{texts.score}</th>
          <th scope="col">mm³</th>
          <th scope="col">n</th>
        </tr>
      </thead>
      <tbody>
        {[...arteries, ...others].map((site) => (
          <tr key={site} data-site={site}>
            <th scope="row" title={siteName(site).name[language]}>
              <i style={{ background: arteryColour(site) }} />
              {siteName(site).short[language]}
            </th>
            <td>{cell(sumOf("agatston-score", site) ?? (result.provisional ? undefined : 0))}</td>
            <td>{cell(sumOf("volume-score", site) ?? (result.provisional ? undefined : 0))}</td>
            <td>{cell(sumOf("lesion-count", site) ?? (result.provisional ? undefined : 0))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{texts.total}</th>
          <td data-testid="total-score" data-value={sumOf("agatston-score", undefined)}>
            {cell(sumOf("agatston-score", undefined))}
          </td>
          <td>{cell(sumOf("volume-score", undefined))}</td>
          <td>{cell(sumOf("lesion-count", undefined))}</td>
        </tr>
      </tfoot>
    </table>
  );
});
