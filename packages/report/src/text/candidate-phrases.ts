import type { Text } from "@etalon/base";
import type { Result } from "@etalon/measure";

/** What became of something bright, said of several. */
export const statusPhrases: Readonly<Record<Result["candidates"][number]["status"], Text>> = {
  assigned: { en: "assigned by the marks", fr: "désignées par les marques" },
  candidate: { en: "proposed", fr: "proposées" },
  excluded: { en: "set aside", fr: "écartées" },
};

/** Why something bright does not count, in a few words; a test compares the codes with those that are measured. */
export const exclusionPhrases: Readonly<Record<string, Text>> = {
  bone: { en: "bone", fr: "os" },
  table: { en: "table", fr: "table" },
  "outside-heart": { en: "outside the heart", fr: "hors du cœur" },
  "too-small": { en: "too small", fr: "trop petites" },
};
