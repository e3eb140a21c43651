import type { Text } from "@etalon/base";
import { catalog } from "@etalon/measure";
import { shownUnit } from "@etalon/report/text";
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
          <h3 className={styles.protocol}>{protocolTitle(result.protocol)[language]}</h3>
          {result.provisional ? <p className={styles.provisional}>{texts.provisional}</p> : null}
          <dl className={styles.outputs}>
            {result.outputs.map(({ id, value, unit }) => (
              <div key={id}>
                <dt>{outputTitle(result.protocol, id)[language]}</dt>
                <dd>
                  {numberText(value, language, isCount(unit) ? 0 : 1)} <span>{shownUnit(unit, language)}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

/** UCUM writes what is counted as an annotation: "{lesion}". */
function isCount(unit: string): boolean {
  return unit.startsWith("{");
}

/** As the catalogue calls it; a protocol of another version of the server by its id. */
function protocolTitle(id: string): Text {
  return catalog.find((protocol) => protocol.id === id)?.title ?? { en: id, fr: id };
}

function outputTitle(protocolId: string, id: string): Text {
  return catalog.find((protocol) => protocol.id === protocolId)?.outputs[id]?.title ?? { en: id, fr: id };
}
