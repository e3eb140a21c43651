import type { PersonName } from "./data-set.ts";

/** A PN value in its component groups, empty ones left out: "Yamada^Tarou=山田^太郎" (PS3.5 section 6.2.1.1). */
export function personNameOf(text: string): PersonName {
  const [alphabetic = "", ideographic = "", phonetic = ""] = text.split("=");
  return {
    ...(alphabetic === "" ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === "" ? {} : { Ideographic: ideographic }),
    ...(phonetic === "" ? {} : { Phonetic: phonetic }),
  };
}
