import type { JsonValue, Text } from "@etalon/base";
import { choiceText } from "./choice-texts.ts";
import { siteName } from "./site-names.ts";

/** Details of notes that name a way of measuring: the parameter whose choice they are. */
const parameters: Readonly<Record<string, string>> = {
  model: "model",
  method: "method",
  signal: "signal",
  window: "fit-window",
  state: "state",
};

/** Other details that hold one of a few codes. */
const words: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  attribute: {
    InversionTime: { en: "inversion times", fr: "temps d'inversion" },
    TriggerTime: { en: "trigger times", fr: "temps de déclenchement" },
    EchoTime: { en: "echo times", fr: "temps d'écho" },
    TemporalPositionIdentifier: { en: "temporal positions", fr: "positions temporelles" },
    FlipAngle: { en: "flip angles", fr: "angles de bascule" },
  },
  structure: {
    lesion: { en: "the lesion", fr: "lésion" },
    oedema: { en: "the oedema", fr: "œdème" },
  },
  from: {
    series: { en: "a series of its own", fr: "une série dédiée" },
    drawn: { en: "the region drawn in the blood", fr: "la région tracée dans le sang" },
  },
};

/** A detail of a note in words, where it is a code that has a name; nothing of numbers and of what a person wrote. */
export function detailText(name: string, value: JsonValue | undefined): Text | undefined {
  if (typeof value !== "string") return undefined;
  const named = Object.hasOwn(words, name) ? words[name] : undefined;
  if (named !== undefined) return Object.hasOwn(named, value) ? named[value] : undefined;
  if (name === "site") return siteName(value).name;
  if (name === "territory") return siteName(value).short;
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return parameter === undefined ? undefined : choiceText(parameter, value);
}
