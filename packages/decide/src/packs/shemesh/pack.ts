import type { Pack, RuleValues } from "../../engine/rule.ts";
import type { FactId } from "../../facts/definitions.ts";
import { shemesh2010 } from "../../sources.ts";

const arteries: readonly FactId[] = ["shemesh-lm", "shemesh-lad", "shemesh-lcx", "shemesh-rca"];

/** The ordinal score of calcium that a reader sees on an ungated chest CT. */
export const shemesh: Pack = {
  id: "shemesh",
  version: "1.0.0",
  title: {
    en: "Visual calcium score of a chest CT (Shemesh)",
    fr: "Score calcique visuel du scanner thoracique (Shemesh)",
  },
  scope: {
    en: "The sum of four visual grades on an ungated chest CT. It is no Agatston score: no threshold of one applies to it.",
    fr: "La somme de quatre grades visuels sur un scanner thoracique sans synchronisation. Ce n'est pas un score d'Agatston : aucun de ses seuils ne s'y applique.",
  },
  rules: [
    {
      id: "shemesh/total",
      title: { en: "Visual score", fr: "Score visuel" },
      statement: {
        en: "Left main, LAD, circumflex and right coronary, each 0 (none), 1 (below a third of its length), 2 (up to two thirds) or 3 (more), added: 0 to 12.",
        fr: "Tronc commun, IVA, circonflexe et coronaire droite, chacun 0 (rien), 1 (moins d'un tiers de sa longueur), 2 (jusqu'à deux tiers) ou 3 (davantage), additionnés : 0 à 12.",
      },
      kind: "expert-opinion",
      class: "none",
      level: "none",
      source: shemesh2010,
      when: { all: arteries.map((fact) => ({ fact, unit: "1", atLeast: 0 })) },
      computation: {
        kind: "equation",
        needs: arteries,
        compute: (known) => classed(arteries.reduce((sum, fact) => sum + known.number(fact), 0)),
      },
      values: {
        total: { title: { en: "Total", fr: "Total" }, digits: 0 },
        category: {
          title: { en: "Class", fr: "Classe" },
          codes: {
            "0": { en: "0", fr: "0" },
            "1-3": { en: "1–3", fr: "1–3" },
            "4-6": { en: "4–6", fr: "4–6" },
            "7-12": { en: "7–12", fr: "7–12" },
          },
        },
      },
      note: {
        en: "From 4 on, cardiovascular death was more frequent (odds ratio 4.7 against 0, 2.1 adjusted; recalled). The 2016 SCCT/STR guideline asks to report calcium on every chest CT (recalled). Ungated scans miss some calcium: about 9 % false zeros (Xie 2013, recalled).",
        fr: "À partir de 4, la mortalité cardiovasculaire était plus élevée (rapport de cotes 4,7 face à 0, 2,1 après ajustement ; de mémoire). La recommandation SCCT/STR de 2016 demande de signaler le calcium sur tout scanner thoracique (de mémoire). Sans synchronisation, du calcium échappe : environ 9 % de faux zéros (Xie 2013, de mémoire).",
      },
    },
  ],
};

function classed(total: number): RuleValues {
  if (total === 0) return { total, category: "0" };
  if (total <= 3) return { total, category: "1-3" };
  return { total, category: total <= 6 ? "4-6" : "7-12" };
}
