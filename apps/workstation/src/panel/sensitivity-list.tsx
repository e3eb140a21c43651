import type { AnyProtocol, Result } from "@etalon/measure";
import { choiceText, typeset } from "@etalon/report/text";
import type { ReactNode } from "react";
import { numberText } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";

/** The result under other published choices, as a strip: where they fall, and which would change the category. */
export function SensitivityList({
  rows,
  protocol,
}: {
  readonly rows: Result["sensitivity"];
  readonly protocol: AnyProtocol;
}): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  if (rows.length === 0) return null;
  const values = rows.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const placeOf = (value: number): string => `${high === low ? 50 : 4 + (92 * (value - low)) / (high - low)}%`;
  return (
    <section className={styles.section} aria-label={texts.sensitivity}>
      <h2 className={styles.title}>{texts.sensitivity}</h2>
      <div className={styles.strip} aria-hidden="true">
        {rows.map(({ parameter, choice, value, changesCategory }) => (
          <i key={`${parameter} ${choice}`} style={{ left: placeOf(value) }} data-changes={changesCategory} />
        ))}
        <span className={styles.stripEnd}>{numberText(low, language)}</span>
        <span className={styles.stripEnd}>{numberText(high, language)}</span>
      </div>
      <details>
        <summary>{texts.choices(rows.length)}</summary>
        <dl className={styles.outputs}>
          {rows.map(({ parameter, choice, value, changesCategory }) => (
            <div key={`${parameter} ${choice}`}>
              <dt>
                {typeset(protocol.parameters[parameter]?.title[language] ?? parameter, language)} ·{" "}
                {typeset(choiceText(parameter, choice)[language], language)}
                {changesCategory ? <em className={styles.changes}> {texts.otherCategory}</em> : null}
              </dt>
              <dd>{numberText(value, language, value < 100 ? 1 : 0)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
