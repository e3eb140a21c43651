import type { JsonValue, Text } from "@etalon/base";
import { detailText } from "../text/detail-text.ts";
import { fillText } from "../text/fill-text.ts";
import type { Inline, Line } from "./document.ts";
import { bareNumber, exactDigits, literal } from "./inline.ts";
import type { Members } from "./ledger-record.ts";

/** Values of a list that are shown; the rest are counted. */
const LISTED_VALUES = 6;

/**
 * A sentence with `{name}` as a line: its numbers stay numbers, with their path in the result. Both languages name the same
 * details in the same order (a test demands it of ours); a sentence that does not is filled as plain text.
 *
 * @param path where the details stand in `result.json`
 */
export function templateLine(template: Text, details: Members, path: string): Line {
  const [en, fr] = [parts(template.en), parts(template.fr)];
  if (en.names.join() !== fr.names.join()) {
    return [{ kind: "text", text: { en: fillText(template, details, "en"), fr: fillText(template, details, "fr") } }];
  }
  return en.texts.flatMap((text, index): readonly Inline[] => {
    const words: Inline = { kind: "text", text: { en: text, fr: fr.texts[index] ?? "" } };
    const name = en.names[index];
    if (name === undefined) return [words];
    const value = details[name];
    const named = detailText(name, value);
    if (named === undefined) return [words, ...valueLine(value, `${path}.${name}`)];
    // At the head of a sentence there is nothing before it that has the capital.
    return [words, { kind: "text", text: index === 0 && text === "" ? capitalised(named) : named }];
  });
}

function capitalised({ en, fr }: Text): Text {
  const head = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1);
  return { en: head(en), fr: head(fr) };
}

function parts(template: string): { readonly texts: readonly string[]; readonly names: readonly string[] } {
  const split = template.split(/\{(\w+)\}/);
  return { texts: split.filter((_, at) => at % 2 === 0), names: split.filter((_, at) => at % 2 === 1) };
}

function valueLine(value: JsonValue | undefined, path: string): Line {
  if (typeof value === "number")
    return [bareNumber({ value, unit: "1", digits: exactDigits(value) }, { kind: "record", path })];
  if (Array.isArray(value) && value.length > 0) {
    const listed = value.slice(0, LISTED_VALUES);
    const more = value.length - listed.length;
    const shown = listed.flatMap((one, index) => [
      ...(index === 0 ? [] : [literal(", ")]),
      ...valueLine(one, `${path}.${index}`),
    ]);
    return more > 0 ? [...shown, literal(`, … (+${more})`)] : shown;
  }
  const template: Text = { en: "{value}", fr: "{value}" };
  return [{ kind: "text", text: { en: fillText(template, { value }, "en"), fr: fillText(template, { value }, "fr") } }];
}
