import type { Text } from "@etalon/base";
import type { Conclusion, Reserve } from "@etalon/measure";

/** What a change is called. */
export const conclusionTexts: Readonly<Record<Conclusion, Text>> = {
  appeared: { en: "new", fr: "apparition" },
  disappeared: { en: "no longer found", fr: "disparition" },
  progressed: { en: "progression", fr: "progression" },
  regressed: { en: "regression", fr: "régression" },
  persists: {
    en: "persistence: no change beyond repeatability",
    fr: "persistance : pas de changement au-delà de la répétabilité",
  },
  absent: { en: "absent at both dates", fr: "absent aux deux dates" },
  improved: { en: "improvement", fr: "amélioration" },
  worsened: { en: "deterioration", fr: "dégradation" },
  increased: { en: "increase", fr: "augmentation" },
  decreased: { en: "decrease", fr: "diminution" },
  stable: { en: "no change beyond repeatability", fr: "pas de changement au-delà de la répétabilité" },
  undecided: {
    en: "undecided: beyond the narrower published limit, within the wider",
    fr: "indécis : au-delà de la limite publiée la plus étroite, en deçà de la plus large",
  },
  "difference-only": { en: "difference only", fr: "différence seule" },
};

/** Why a difference is not judged. */
export const reserveTexts: Readonly<Record<Reserve, Text>> = {
  "no-limit": {
    en: "no published limit of repeatability was read",
    fr: "aucune limite de répétabilité publiée n'a été lue",
  },
  "by-site": {
    en: "the limits are of the whole, not of one site",
    fr: "les limites valent pour l'ensemble, non pour un site",
  },
  "parameters-differ": { en: "measured with other parameters", fr: "mesuré avec d'autres paramètres" },
  provisional: { en: "a result is provisional", fr: "un résultat est provisoire" },
};

/** Why somebody is followed, where the project's sources say something of it. */
export type FollowUpContext = "myocarditis" | "covid";

/** What the sources say of following such a person; figures of groups, beside the comparison and not in it. */
export const followUpTexts: Readonly<Record<FollowUpContext, readonly Text[]>> = {
  myocarditis: [
    {
      en: "Lake Louise 2009 (doi 10.1016/j.jacc.2009.02.007, table 7): a second MR 1 to 2 weeks after the first is recommended where one criterion only is met, or none and the symptoms are very recent.",
      fr: "Lake Louise 2009 (doi 10.1016/j.jacc.2009.02.007, tableau 7) : une seconde IRM 1 à 2 semaines après la première est recommandée si un seul critère est présent, ou aucun avec des symptômes très récents.",
    },
    {
      en: "Oedema and late enhancement need not go together: in the case that seed 000 shows (18 years, COVID-19), oedema on STIR had regressed from day 7 to day 14 and late enhancement persisted.",
      fr: "Œdème et rehaussement tardif n'évoluent pas forcément ensemble : dans le cas que montre le document 000 (18 ans, COVID-19), l'œdème en STIR avait régressé du 7e au 14e jour, le rehaussement tardif persistait.",
    },
  ],
  covid: [
    {
      en: "Puntmann 2020 (doi 10.1001/jamacardio.2020.3557, recalled; a correction appeared on 25 August 2020): of 100 people after COVID-19, MR at a median of 71 days (64 to 92) showed cardiac involvement in 78 and inflammation in 60. Groups, not one person's course.",
      fr: "Puntmann 2020 (doi 10.1001/jamacardio.2020.3557, cité de mémoire ; correction du 25 août 2020) : chez 100 personnes après COVID-19, l'IRM à 71 jours (médiane ; 64 à 92) montrait une atteinte cardiaque chez 78 et une inflammation chez 60. Des groupes, non l'évolution d'une personne.",
    },
    {
      en: "Seed 000 gives about one month for that interval; the abstract says 71 days, and is followed.",
      fr: "Le document 000 donne environ un mois pour ce délai ; le résumé dit 71 jours, et c'est lui qui est suivi.",
    },
  ],
};
