import type { AnyProtocol, Result } from "@etalon/measure";
import { memo, type ReactNode } from "react";
import { useLanguage, useTexts } from "../text/language.tsx";
import { Fold } from "./fold.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";
import { type SensitivityGroup, sensitivityGroups } from "./sensitivity-groups.ts";

/** The result under other published choices, as a strip: where they fall, and which would change the category. */
export const SensitivityList = memo(function SensitivityList({
  rows,
  protocol,
}: {
  readonly rows: Result["sensitivity"];
  readonly protocol: AnyProtocol;
}): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  if (rows.length === 0) return null;
  return (
    <section className={styles.section} aria-label={texts.sensitivity}>
      <h2 className={styles.title}>{texts.sensitivity}</h2>
      {sensitivityGroups(rows, protocol, language).map((group) => (
        <Strip key={group.output} group={group} />
      ))}
    </section>
  );
});

function Strip({ group }: { readonly group: SensitivityGroup }): ReactNode {
  const texts = useTexts(panelTexts);
  const { title, lowest, highest, choices } = group;
  return (
    <div data-testid={`sensitivity-${group.output}`}>
      <h3 className={styles.protocol}>{title}</h3>
      <div className={styles.strip} aria-hidden="true">
        {choices.map(({ key, share, changesCategory }) => (
          <i key={key} style={{ left: `${4 + 92 * share}%` }} data-changes={changesCategory} />
        ))}
        <span className={styles.stripEnd}>{lowest}</span>
        {highest === lowest ? null : <span className={styles.stripEnd}>{highest}</span>}
      </div>
      <Fold summary={texts.choices(choices.length)}>
        {() => (
          <dl className={styles.outputs}>
            {choices.map((choice) => (
              <div key={choice.key}>
                <dt>
                  {choice.title}
                  {choice.changesCategory ? <em className={styles.changes}> {texts.otherCategory}</em> : null}
                </dt>
                <dd>{choice.text}</dd>
              </div>
            ))}
          </dl>
        )}
      </Fold>
    </div>
  );
}
