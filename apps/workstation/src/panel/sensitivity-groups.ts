import type { Language } from "@etalon/base";
import type { AnyProtocol, Result } from "@etalon/measure";
import { choiceText, typeset } from "@etalon/report/text";
import { valueText } from "../text/value-text.ts";

/** One number under another published choice. */
export interface SensitivityChoice {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly changesCategory: boolean;
  /** Where it falls between the least and the greatest of its output: 0 to 1. */
  readonly share: number;
}

/** One output of a result under other published choices. */
export interface SensitivityGroup {
  readonly output: string;
  readonly title: string;
  readonly lowest: string;
  readonly highest: string;
  readonly choices: readonly SensitivityChoice[];
}

/** The sensitivity of a result, output by output: numbers of two outputs stand on no common scale. */
export function sensitivityGroups(
  rows: Result["sensitivity"],
  protocol: AnyProtocol,
  language: Language,
): readonly SensitivityGroup[] {
  return [...Map.groupBy(rows, ({ output }) => output)].map(([output, own]) => {
    const values = own.map(({ value }) => value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const declared = protocol.outputs[output];
    const text = (value: number): string => valueText(value, declared?.unit ?? "1", language);
    return {
      output,
      title: typeset(declared?.title[language] ?? output, language),
      lowest: text(low),
      highest: text(high),
      choices: own.map(({ parameter, choice, value, changesCategory }) => ({
        key: `${parameter} ${choice}`,
        title: `${nameOf(parameter, protocol, language)} · ${typeset(choiceText(parameter, choice)[language], language)}`,
        text: text(value),
        changesCategory,
        share: high === low ? 0.5 : (value - low) / (high - low),
      })),
    };
  });
}

/** What was varied: a parameter, or a number that the protocol is given. */
function nameOf(id: string, { parameters, roles }: AnyProtocol, language: Language): string {
  return typeset((parameters[id] ?? roles[id])?.title[language] ?? id, language);
}
