import type { Parameter } from "@etalon/measure";
import { choiceText, shownUnit, typeset } from "@etalon/report/text";
import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { memo, type ReactNode } from "react";
import type { ReadingDraft } from "../marks/reading-draft.ts";
import { numberText } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { Fold } from "./fold.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";
import type { Reading } from "./reading-context.ts";
import { withParameter } from "./role-candidates.ts";

interface ListProps extends Pick<Reading, "protocol" | "edit"> {
  /** As they were changed. */
  readonly parameters: ReadingDraft["parameters"];
}

/** The parameters of a protocol, each with its unit, range and source; those that were changed are counted. */
export const ParameterList = memo(function ParameterList({ protocol, parameters, edit }: ListProps): ReactNode {
  const texts = useTexts(panelTexts);
  const ids = Object.keys(protocol.parameters);
  const changed = ids.filter((id) => parameters[id] !== undefined).length;
  return (
    <section className={styles.section} aria-label={texts.parameters}>
      <Fold
        className={styles.summary}
        summary={`${texts.parameters}${changed === 0 ? "" : ` · ${texts.changed(changed)}`}`}
      >
        {() => (
          <div className={styles.fields}>
            {ids.map((id) => {
              const parameter = protocol.parameters[id];
              return parameter === undefined ? null : (
                <ParameterField key={id} id={id} parameter={parameter} parameters={parameters} edit={edit} />
              );
            })}
          </div>
        )}
      </Fold>
    </section>
  );
});

interface FieldProps extends Pick<ListProps, "parameters" | "edit"> {
  readonly id: string;
  readonly parameter: Parameter;
}

function ParameterField({ id, parameter, parameters, edit }: FieldProps): ReactNode {
  const texts = useTexts(panelTexts);
  const given = parameters[id];
  const needsSource = parameter.kind === "number" && parameter.needsSource === true && given !== undefined;
  const source = parameters[`${id}-source`];
  return (
    <div className={styles.parameter} data-changed={given !== undefined}>
      <ValueField id={id} parameter={parameter} parameters={parameters} edit={edit} />
      {needsSource ? (
        <TextInput
          size="xs"
          label={texts.source}
          error={source === undefined ? texts.sourceNeeded : undefined}
          value={source === undefined ? "" : String(source)}
          onChange={(event) => {
            const said = event.currentTarget.value;
            edit({ parameters: withParameter(parameters, id, { value: given, source: said }) }, `${id}-source`);
          }}
        />
      ) : null}
      {given === undefined ? null : (
        <button
          type="button"
          className={styles.link}
          onClick={() => edit({ parameters: withParameter(parameters, id, { value: undefined }) })}
        >
          {texts.reset}
        </button>
      )}
    </div>
  );
}

function ValueField({ id, parameter, parameters, edit }: FieldProps): ReactNode {
  const { language } = useLanguage();
  const given = parameters[id];
  const label = typeset(parameter.title[language], language);
  const set = (value: number | string | undefined): void =>
    edit({ parameters: withParameter(parameters, id, { value }) }, `parameter ${id}`);
  if (parameter.kind === "choice") {
    return (
      <NativeSelect
        size="xs"
        label={label}
        description={parameter.source}
        value={String(given ?? parameter.default)}
        data={parameter.choices.map((choice) => ({
          value: choice,
          label: typeset(choiceText(id, choice)[language], language),
        }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          set(value === parameter.default ? undefined : value);
        }}
      />
    );
  }
  if (parameter.kind === "reason") {
    return (
      <TextInput
        size="xs"
        label={label}
        description={parameter.source}
        value={given === undefined ? "" : String(given)}
        onChange={(event) => set(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
      />
    );
  }
  const range = `${numberText(parameter.minimum, language)} – ${numberText(parameter.maximum, language)}`;
  const unit = shownUnit(parameter.unit, language);
  return (
    <NumberInput
      size="xs"
      label={`${label}${unit === "" ? "" : `, ${unit}`} (${range})`}
      description={parameter.source}
      min={parameter.minimum}
      max={parameter.maximum}
      clampBehavior="blur"
      value={typeof given === "number" ? given : (parameter.default ?? "")}
      onChange={(value) => {
        const isInRange = typeof value === "number" && value >= parameter.minimum && value <= parameter.maximum;
        if (isInRange) set(value === parameter.default ? undefined : value);
      }}
    />
  );
}
