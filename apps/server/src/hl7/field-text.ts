import type { Hl7Context, Hl7Segment } from "@medplum/core";

/** Where in a segment: field, component and subcomponent from 1 on, repetition from 0 on. */
export interface FieldPlace {
  readonly component?: number;
  readonly subcomponent?: number;
  readonly repetition?: number;
}

/**
 * The text of a field's component (the first one where none is named), escape sequences resolved (HL7 v2 section 2.7), without
 * blanks around it; "" where it is absent, or empty on purpose (`""`).
 */
export function fieldText(segment: Hl7Segment | undefined, field: number, place: FieldPlace = {}): string {
  if (segment === undefined || repetitionCount(segment, field) <= (place.repetition ?? 0)) return "";
  const { component = 1, subcomponent, repetition = 0 } = place;
  const at = subcomponent === undefined ? undefined : subcomponent - 1;
  const text = segment.getComponent(field, component, at, repetition);
  return text === '""' ? "" : resolveEscapes(text, segment.context).trim();
}

/** How many repetitions a field has; 0 where it is not there. */
export function repetitionCount(segment: Hl7Segment | undefined, field: number): number {
  // A field beyond the segment's last one is undefined, whatever the library's types say.
  const found: { readonly components: readonly unknown[] } | undefined = segment?.getField(field);
  return found?.components.length ?? 0;
}

function resolveEscapes(text: string, context: Hl7Context): string {
  const sign = context.escapeCharacter;
  if (sign === "" || !text.includes(sign)) return text;
  const signs: Readonly<Record<string, string>> = {
    F: context.fieldSeparator,
    S: context.componentSeparator,
    T: context.subcomponentSeparator,
    R: context.repetitionSeparator,
    E: sign,
    ".br": "\n",
    ".BR": "\n",
  };
  const parts = text.split(sign);
  // Every second part stands between two escape characters; the last one only where they come in pairs.
  return parts
    .map((part, at) => {
      if (at % 2 === 0) return part;
      if (at === parts.length - 1) return sign + part;
      // X0D0A: bytes; those of ASCII mean the same in every character set.
      if (/^X([0-7][0-9A-F])+$/i.test(part)) return Buffer.from(part.slice(1), "hex").toString("latin1");
      return signs[part] ?? "";
    })
    .join("");
}
