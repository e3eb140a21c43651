import type { Text } from "@etalon/base";
import type { Verdict } from "@etalon/decide";

/** The words of a verdict's own codes. */
export const verdictWords = {
  applies: { en: "applies", fr: "s'applique" },
  "does-not": { en: "does not apply", fr: "ne s'applique pas" },
  undetermined: { en: "undetermined", fr: "indéterminé" },
  class: { en: "Class of recommendation", fr: "Classe de recommandation" },
  level: { en: "Level of evidence", fr: "Niveau de preuve" },
  withheld: {
    en: "Computed from what is withheld here, to be given again to replay it",
    fr: "Calculé à partir de ce qui est tu ici, à redonner pour le rejouer",
  },
  verdicts: { en: "What published guidance makes of it", fr: "Ce qu'en disent les documents publiés" },
} as const satisfies Readonly<Record<Verdict["outcome"] | "class" | "level" | "verdicts" | "withheld", Text>>;
