import { definitionOf, factDefinitions } from "@etalon/decide";
import { shownUnit, typeset } from "@etalon/report/text";
import { NativeSelect } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { numberText } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { FactField } from "./fact-field.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";
import type { Reading } from "./reading-context.ts";

/** What is known of the person: what was given can be changed, what the images say is shown. */
export function FactList({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const [asked, setAsked] = useState<readonly string[]>([]);
  const given = [...reading.draft.facts, ...reading.sensitiveFacts].map(({ id }) => id);
  const fields = [...new Set([...given, ...asked])];
  const fromImages = (reading.documents?.facts ?? []).filter(({ source }) => source.startsWith("dicom-header"));
  const others = Object.entries(factDefinitions)
    .filter(([id]) => !fields.includes(id) && !fromImages.some((fact) => fact.id === id))
    .map(([id, { title }]) => ({ value: id, label: typeset(title[language], language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  return (
    <div className={styles.fields}>
      <dl className={styles.outputs}>
        {fromImages.map(({ id, value, unit }) => {
          const definition = definitionOf(id);
          const shown =
            typeof value === "number"
              ? `${numberText(value, language)} ${shownUnit(unit ?? "1", language)}`
              : definition.kind === "choice"
                ? definition.choices[String(value)]?.[language]
                : String(value);
          return (
            <div key={id}>
              <dt>
                {typeset(definition.title[language], language)} <span className={styles.note}>{texts.fromImages}</span>
              </dt>
              <dd>{shown}</dd>
            </div>
          );
        })}
      </dl>
      {fields.map((id) => (
        <FactField key={id} id={id} />
      ))}
      <NativeSelect
        size="xs"
        aria-label={texts.addFact}
        value=""
        data={[{ value: "", label: `${texts.addFact} …` }, ...others]}
        onChange={(event) => setAsked([...asked, event.currentTarget.value])}
        data-testid="add-fact"
      />
    </div>
  );
}
