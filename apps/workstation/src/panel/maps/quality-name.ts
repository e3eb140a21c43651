import type { Language } from "@etalon/base";
import { typeset } from "@etalon/report/text";
import type { ShownMap } from "../../measuring/measuring-messages.ts";

/** What a map of a quantity's quality is called beside it: "R²" of "T1 map: R²". */
export function qualityName({ title }: Pick<ShownMap, "title">, language: Language): string {
  const whole = title[language];
  const own = whole.slice(whole.indexOf(":") + 1).trim();
  return typeset(own.charAt(0).toUpperCase() + own.slice(1), language);
}
