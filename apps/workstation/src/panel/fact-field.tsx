import { definitionOf } from "@etalon/decide";
import { shownUnit, typeset } from "@etalon/report/text";
import { NativeSelect, NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../text/language.tsx";
import { factIdOf, giveFact, givenFact } from "./fact-values.ts";
import { panelTexts } from "./panel-texts.ts";
import { useReading } from "./reading-context.ts";

/** A field for one fact: a number with its unit, yes or no, or a choice. */
export function FactField({ id }: { readonly id: string }): ReactNode {
  const reading = useReading();
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const fact = factIdOf(id);
  if (reading === undefined || fact === undefined) return null;
  const definition = definitionOf(fact);
  const value = givenFact(reading, id)?.value;
  const label = typeset(definition.title[language], language);
  const note = definition.isSensitive === true ? texts.notKept : undefined;
  if (definition.kind === "number") {
    const unit = shownUnit(definition.unit, language);
    return (
      <NumberInput
        size="xs"
        label={`${label}${unit === "" ? "" : `, ${unit}`}`}
        description={note}
        min={definition.minimum}
        max={definition.maximum}
        decimalSeparator={language === "fr" ? "," : "."}
        clampBehavior="blur"
        value={typeof value === "number" ? value : ""}
        data-testid={`fact-${id}`}
        onChange={(typed) => {
          const isTrue = typeof typed === "number" && typed >= definition.minimum && typed <= definition.maximum;
          if (isTrue || typed === "") giveFact(reading, fact, isTrue ? typed : undefined);
        }}
      />
    );
  }
  const choices =
    definition.kind === "boolean"
      ? [
          { value: "true", label: texts.yes },
          { value: "false", label: texts.no },
        ]
      : Object.entries(definition.choices).map(([choice, title]) => ({
          value: choice,
          label: typeset(title[language], language),
        }));
  return (
    <NativeSelect
      size="xs"
      label={label}
      description={note}
      value={value === undefined ? "" : String(value)}
      data={[{ value: "", label: texts.unknown }, ...choices]}
      data-testid={`fact-${id}`}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        const given = definition.kind === "boolean" ? chosen === "true" : chosen;
        giveFact(reading, fact, chosen === "" ? undefined : given);
      }}
    />
  );
}
