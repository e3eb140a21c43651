import { defineTexts } from "../../text/define-texts.ts";

/** Texts of the curves. */
export const curveTexts = defineTexts(
  {
    title: "Curves",
    aifStress: "Arterial input under stress",
    aifRest: "Arterial input at rest",
    tissueStress: "Myocardium under stress",
    tissueRest: "Myocardium at rest",
    time: "Time, s",
    signal: "signal above baseline",
    asTable: "As a table",
    curves: (count: number) => (count === 1 ? "1 curve" : `${count} curves`),
  },
  {
    title: "Courbes",
    aifStress: "Entrée artérielle sous stress",
    aifRest: "Entrée artérielle au repos",
    tissueStress: "Myocarde sous stress",
    tissueRest: "Myocarde au repos",
    time: "Temps, s",
    signal: "signal au-dessus de la ligne de base",
    asTable: "En tableau",
    curves: (count: number) => (count === 1 ? "1 courbe" : `${count} courbes`),
  },
);
