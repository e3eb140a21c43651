import type { Text } from "@etalon/base";
import type { CalciumCategory } from "@etalon/measure";

/** The categories of a calcium score in words. */
export const categoryPhrases: Readonly<Record<CalciumCategory, Text>> = {
  "0": { en: "0", fr: "0" },
  ">0-<100": { en: "above 0, under 100", fr: "plus de 0, moins de 100" },
  ">=100-<400": { en: "100 to under 400", fr: "de 100 à moins de 400" },
  ">=400-<1000": { en: "400 to under 1000", fr: "de 400 à moins de 1000" },
  ">=1000": { en: "1000 and above", fr: "1000 et plus" },
};
