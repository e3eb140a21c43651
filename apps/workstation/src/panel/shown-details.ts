import type { JsonValue, Language } from "@etalon/base";
import type { AnyProtocol } from "@etalon/measure";
import { choiceText } from "@etalon/report/text";

type Details = Readonly<Record<string, JsonValue>>;

/** Details of a quality note as a sentence is filled with them: a way of measuring by its name, not by its code. */
export function shownDetails(details: Details, { parameters }: AnyProtocol, language: Language): Details {
  const choices = new Map(
    Object.entries(parameters).flatMap(([id, parameter]) =>
      parameter.kind === "choice" ? parameter.choices.map((choice) => [choice, choiceText(id, choice)] as const) : [],
    ),
  );
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      const text = typeof value === "string" ? choices.get(value) : undefined;
      return [name, text === undefined ? value : text[language]];
    }),
  );
}
