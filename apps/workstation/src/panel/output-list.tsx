import type { AnyProtocol, Result } from "@etalon/measure";
import { memo, type ReactNode } from "react";
import { useLanguage, useTexts } from "../text/language.tsx";
import { outputGroups } from "./output-rows.ts";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";

/** The outputs of a result: totals first, then by site; each with its unit, its code on hover. */
export const OutputList = memo(function OutputList({
  result,
  protocol,
}: {
  readonly result: Result;
  readonly protocol: AnyProtocol;
}): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  return (
    <section className={styles.section} aria-label={texts.results}>
      <h2 className={styles.title}>{texts.results}</h2>
      {outputGroups(result, protocol, language).map(({ title, rows }) => (
        <div key={title ?? ""}>
          {title === undefined ? null : <h3 className={styles.protocol}>{title}</h3>}
          <dl className={styles.outputs}>
            {rows.map(({ id, title: name, value, text, unit, code }) => (
              <div key={id} title={code} data-testid={`output-${id}`}>
                <dt>{name}</dt>
                <dd data-value={value}>
                  {text} <span>{unit}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
});
