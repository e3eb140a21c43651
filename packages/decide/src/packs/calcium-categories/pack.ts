import { bandOf } from "../../engine/compute-values.ts";
import type { Condition } from "../../engine/condition.ts";
import type { Band, Pack } from "../../engine/rule.ts";
import { accAha2018, hecht2018, rumberger1999, valensi2021 } from "../../sources.ts";

const hasScore: Condition = { fact: "agatston-score", unit: "[arb'U]", atLeast: 0 };

/** CAC-DRS by the Agatston score: reference 01, cac_drs.A. */
const cacDrsGrades: readonly Band[] = [
  { code: "A0", to: 0, includesEdge: true },
  { code: "A1", to: 100, includesEdge: false },
  { code: "A2", to: 300, includesEdge: false },
  { code: "A3", to: null, includesEdge: false },
];

/** The scales a calcium score is named with. Each has its own edges; all are read on the unrounded score, without holes. */
export const calciumCategories: Pack = {
  id: "calcium-categories",
  version: "1.0.0",
  title: { en: "Categories of the calcium score", fr: "Catégories du score calcique" },
  scope: {
    en: "Names the unrounded Agatston score on each published scale. The scales differ at their edges: 100 is in 100–399 of the guidelines and in Rumberger's 11–100.",
    fr: "Nomme le score d'Agatston non arrondi sur chaque échelle publiée. Les échelles diffèrent à leurs bornes : 100 appartient à 100–399 des recommandations et à 11–100 de Rumberger.",
  },
  rules: [
    {
      id: "calcium-categories/guideline",
      title: { en: "Category of the guidelines", fr: "Catégorie des recommandations" },
      statement: {
        en: "0; above 0 and below 100; from 100 to below 400; from 400 to below 1000; 1000 and above.",
        fr: "0 ; plus de 0 et moins de 100 ; de 100 à moins de 400 ; de 400 à moins de 1000 ; 1000 et plus.",
      },
      kind: "guideline",
      class: "none",
      level: "none",
      source: {
        ...accAha2018,
        verification: "public-source",
        confirmedIn: "github:JauntyJJS/pretestcad R/winther_ptp.R",
      },
      when: hasScore,
      computation: {
        kind: "bands",
        fact: "agatston-score",
        unit: "[arb'U]",
        gives: "category",
        bands: [
          { code: "0", to: 0, includesEdge: true },
          { code: "1-99", to: 100, includesEdge: false },
          { code: "100-399", to: 400, includesEdge: false },
          { code: "400-999", to: 1000, includesEdge: false },
          { code: ">=1000", to: null, includesEdge: false },
        ],
      },
      values: {
        category: {
          title: { en: "Category", fr: "Catégorie" },
          codes: {
            "0": { en: "0, no calcium seen", fr: "0, pas de calcium visible" },
            "1-99": { en: "1–99", fr: "1–99" },
            "100-399": { en: "100–399", fr: "100–399" },
            "400-999": { en: "400–999", fr: "400–999" },
            ">=1000": { en: "1000 and above", fr: "1000 et plus" },
          },
        },
      },
    },
    {
      id: "calcium-categories/rumberger",
      title: { en: "Rumberger's category", fr: "Catégorie de Rumberger" },
      statement: {
        en: "0 none; up to 10 minimal; up to 100 mild; up to 400 moderate; above 400 severe. Upper bounds belong to their category.",
        fr: "0 aucune ; jusqu'à 10 minime ; jusqu'à 100 légère ; jusqu'à 400 modérée ; au-delà de 400 sévère. La borne haute appartient à la catégorie.",
      },
      kind: "expert-opinion",
      class: "none",
      level: "none",
      source: { ...rumberger1999, confirmedIn: "github:Magnetron85/Radiology-Right-Click" },
      when: hasScore,
      computation: {
        kind: "bands",
        fact: "agatston-score",
        unit: "[arb'U]",
        gives: "category",
        bands: [
          { code: "0", to: 0, includesEdge: true },
          { code: "1-10", to: 10, includesEdge: true },
          { code: "11-100", to: 100, includesEdge: true },
          { code: "101-400", to: 400, includesEdge: true },
          { code: ">400", to: null, includesEdge: false },
        ],
      },
      values: {
        category: {
          title: { en: "Category", fr: "Catégorie" },
          codes: {
            "0": { en: "none", fr: "aucune" },
            "1-10": { en: "minimal (1–10)", fr: "minime (1–10)" },
            "11-100": { en: "mild (11–100)", fr: "légère (11–100)" },
            "101-400": { en: "moderate (101–400)", fr: "modérée (101–400)" },
            ">400": { en: "severe (above 400)", fr: "sévère (plus de 400)" },
          },
        },
      },
    },
    {
      id: "calcium-categories/sfc-sfd",
      title: { en: "Bands of the SFC/SFD position", fr: "Tranches de la prise de position SFC/SFD" },
      statement: {
        en: "Below 11; from 11 to below 101; 101 and above. Integers in print: 10.5 is below 11, 100.5 below 101.",
        fr: "Moins de 11 ; de 11 à moins de 101 ; 101 et plus. Imprimées en entiers : 10,5 est sous 11, 100,5 sous 101.",
      },
      kind: "consensus",
      class: "none",
      level: "none",
      source: { ...valensi2021, verification: "public-source", confirmedIn: "egora.fr, 29/04/2021" },
      when: hasScore,
      computation: {
        kind: "bands",
        fact: "agatston-score",
        unit: "[arb'U]",
        gives: "category",
        bands: [
          { code: "<11", to: 11, includesEdge: false },
          { code: "11-100", to: 101, includesEdge: false },
          { code: ">=101", to: null, includesEdge: false },
        ],
      },
      values: {
        category: {
          title: { en: "Band", fr: "Tranche" },
          codes: {
            "<11": { en: "below 11", fr: "moins de 11" },
            "11-100": { en: "11–100", fr: "11–100" },
            ">=101": { en: "101 and above", fr: "101 et plus" },
          },
        },
      },
      note: {
        en: "The cut-offs of the position are confirmed for people under 50 only.",
        fr: "Les bornes de la prise de position ne sont confirmées que pour les moins de 50 ans.",
      },
    },
    {
      id: "calcium-categories/cac-drs",
      title: { en: "CAC-DRS", fr: "CAC-DRS" },
      statement: {
        en: "A0 at 0; A1 below 100; A2 from 100 to below 300; A3 from 300 on; N is the number of arteries with calcium (LM, LAD, LCx, RCA).",
        fr: "A0 à 0 ; A1 sous 100 ; A2 de 100 à moins de 300 ; A3 à partir de 300 ; N est le nombre d'artères calcifiées (TC, IVA, Cx, CD).",
      },
      kind: "consensus",
      class: "none",
      level: "none",
      source: hecht2018,
      when: hasScore,
      computation: {
        kind: "equation",
        needs: ["agatston-score", "vessel-count"],
        compute: (known) => {
          const grade = bandOf(cacDrsGrades, known.number("agatston-score")).code;
          return { code: `${grade}/N${known.number("vessel-count")}` };
        },
      },
      values: { code: { title: { en: "Code", fr: "Code" } } },
    },
    {
      id: "calcium-categories/cac-drs-grade",
      title: { en: "CAC-DRS, grade alone", fr: "CAC-DRS, grade seul" },
      statement: {
        en: "As long as the arteries with calcium are not counted: A0 at 0; A1 below 100; A2 from 100 to below 300; A3 from 300 on.",
        fr: "Tant que les artères calcifiées ne sont pas comptées : A0 à 0 ; A1 sous 100 ; A2 de 100 à moins de 300 ; A3 à partir de 300.",
      },
      kind: "consensus",
      class: "none",
      level: "none",
      source: hecht2018,
      when: { all: [hasScore, { fact: "vessel-count", given: false }] },
      computation: {
        kind: "bands",
        fact: "agatston-score",
        unit: "[arb'U]",
        gives: "category",
        bands: cacDrsGrades,
      },
      values: {
        category: {
          title: { en: "Grade", fr: "Grade" },
          codes: {
            A0: { en: "A0", fr: "A0" },
            A1: { en: "A1", fr: "A1" },
            A2: { en: "A2", fr: "A2" },
            A3: { en: "A3", fr: "A3" },
          },
        },
      },
    },
  ],
};
