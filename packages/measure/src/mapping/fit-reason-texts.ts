import type { Text } from "@etalon/base";
import { fitReasons } from "./fit-map.ts";

const textOf: Readonly<Record<(typeof fitReasons)[number], Text>> = {
  fitted: { en: "has a value", fr: "a une valeur" },
  noSignal: { en: "no signal", fr: "aucun signal" },
  belowSnr: { en: "signal too low for its noise", fr: "signal trop faible pour son bruit" },
  noCurve: { en: "no curve of the model fits", fr: "aucune courbe du modèle ne convient" },
  notConverged: { en: "the fit did not converge", fr: "l'ajustement n'a pas convergé" },
  outOfRange: { en: "the best value lies outside the range", fr: "la meilleure valeur sort de l'intervalle admis" },
  tooFewImages: { en: "too few images above the noise", fr: "trop peu d'images au-dessus du bruit" },
};

/** What each of `fitReasons` says to a reader, in their order. */
export const fitReasonTexts: readonly Text[] = fitReasons.map((reason) => textOf[reason]);
