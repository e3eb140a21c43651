import type { Text } from "@etalon/base";
import type { Result } from "@etalon/measure";
import { fillText, noteSentences, qualitySentences, typeset } from "@etalon/report/text";
import { memo, type ReactNode } from "react";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";

const sentences: Readonly<Record<string, Text | undefined>> = { ...noteSentences, ...qualitySentences };

/** What a reader of the numbers must know. */
export const QualityList = memo(function QualityList({ quality }: { readonly quality: Result["quality"] }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  return (
    <section className={styles.section} aria-label={texts.quality}>
      <h2 className={styles.title}>{texts.quality}</h2>
      {quality.length === 0 ? <p className={styles.note}>{texts.noQuality}</p> : null}
      <ul className={styles.quality}>
        {quality.map(({ code, severity, details }) => {
          const sentence = sentences[code];
          const said = sentence === undefined ? code : typeset(fillText(sentence, details, language), language);
          return (
            <li key={`${code} ${JSON.stringify(details)}`} data-severity={severity}>
              {said.charAt(0).toUpperCase() + said.slice(1)}
            </li>
          );
        })}
      </ul>
    </section>
  );
});
