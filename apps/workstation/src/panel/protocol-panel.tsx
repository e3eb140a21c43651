import type { ReactNode } from "react";
import type { FoundResult } from "../api/results.ts";
import { numberText } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";

/** What protocols have measured on this study. */
export function ProtocolPanel({ results }: { readonly results: readonly FoundResult[] }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  return (
    <section className={styles.section} aria-label={texts.title}>
      <h2 className={styles.title}>{texts.title}</h2>
      {results.length === 0 ? <p className={styles.note}>{texts.empty}</p> : null}
      {results.map((result) => (
        <div key={result.digest} className={styles.result}>
          <h3 className={styles.protocol}>{result.protocol}</h3>
          {result.provisional ? <p className={styles.provisional}>{texts.provisional}</p> : null}
          <dl className={styles.outputs}>
            {result.outputs.map(({ id, value, unit }) => (
              <div key={id}>
                <dt>{id}</dt>
                <dd>
                  {numberText(value, language, 1)} <span>{unit}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}
