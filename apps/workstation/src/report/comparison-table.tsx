import { shownUnit, typeset } from "@etalon/report/text";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { readComparison } from "../api/readings.ts";
import type { Reading } from "../panel/reading-context.ts";
import { dicomDate, numberText } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./report.module.css";
import { reportTexts } from "./report-texts.ts";

/** What the same person's earlier study gave, beside what this page shows now. */
export function ComparisonTable({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(reportTexts);
  const { language } = useLanguage();
  const { sync, protocol, run } = reading;
  const { studyInstanceUid, protocolId } = sync.place;
  const digest = sync.state?.run?.digest ?? null;
  const { data: prior } = useQuery({
    queryKey: ["comparison", studyInstanceUid, protocolId, digest],
    queryFn: async () => (await readComparison(sync.place)) ?? null,
    enabled: digest !== null,
  });
  if (prior === undefined || prior === null) return null;
  const now = new Map(
    (run.measured?.result.outputs ?? []).flatMap(({ id, site, item, value }) =>
      site === undefined && item === undefined ? [[id, value] as const] : [],
    ),
  );
  return (
    <section aria-label={texts.comparison} data-testid="comparison">
      <h3 className={styles.heading}>{texts.comparison}</h3>
      <p className={styles.note}>
        {texts.comparisonOf(dicomDate(prior.studyDate ?? "", language), prior.isSigned)}
        {prior.sameProtocolVersion ? "" : ` · ${texts.otherVersion}`}
        {prior.sameParameters ? "" : ` · ${texts.otherParameters}`}
      </p>
      <table className={styles.comparison}>
        <tbody>
          {prior.outputs.map(({ id, unit, before, now: stored }) => (
            <tr key={id}>
              <th scope="row">{typeset(protocol.outputs[id]?.title[language] ?? id, language)}</th>
              <td>{numberText(before, language, before < 10 ? 1 : 0)}</td>
              <td>→</td>
              <td>
                {numberText(now.get(id) ?? stored, language, before < 10 ? 1 : 0)} {shownUnit(unit, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
