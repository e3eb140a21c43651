import type { Text } from "@etalon/base";

/** A phrase as a sentence of its own: a capital at its head, a full stop at its end. */
export function sentenceOf({ en, fr }: Text): Text {
  return { en: sentence(en), fr: sentence(fr) };
}

function sentence(phrase: string): string {
  const capital = phrase.charAt(0).toUpperCase() + phrase.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
