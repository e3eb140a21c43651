import type { Text } from "@etalon/base";
import { flowReasons } from "./flow-map.ts";

const textOf: Readonly<Record<(typeof flowReasons)[number], Text>> = {
  fitted: { en: "has a value", fr: "a une valeur" },
  noSignal: { en: "no signal", fr: "aucun signal" },
  notEnhanced: { en: "does not enhance above its noise", fr: "ne se rehausse pas au-dessus de son bruit" },
  noCurve: { en: "no positive flow explains its curve", fr: "aucun débit positif n'explique sa courbe" },
  notConverged: { en: "the fit did not converge", fr: "l'ajustement n'a pas convergé" },
  aboveLargest: { en: "above the largest flow", fr: "au-dessus du débit maximal" },
  blood: { en: "enhances as blood does", fr: "se rehausse comme le sang" },
  poorFit: { en: "the fit explains too little of its curve", fr: "l'ajustement explique trop peu de sa courbe" },
};

/** What each of `flowReasons` says to a reader, in their order. */
export const flowReasonTexts: readonly Text[] = flowReasons.map((reason) => textOf[reason]);
