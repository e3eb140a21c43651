import type { Condition } from "../../engine/condition.ts";
import type { Rule } from "../../engine/rule.ts";
import { coroscannerTeaching } from "../../guidance-sources.ts";
import { arad2005, hecht2018, miedema2014, nasir2015 } from "../../sources.ts";
import { primaryPrevention } from "./primary-prevention.ts";
import { opens } from "./recommendation.ts";

const from = (agatston: number): Condition => ({ fact: "agatston-score", unit: "[arb'U]", atLeast: agatston });

const common = { kind: "expert-opinion", class: "none", level: "none" } as const;

const teaching = { ...coroscannerTeaching, table: "Seuils à retenir", verification: "not-verified" } as const;

const drugTreatment: Rule = {
  ...common,
  ...opens("discuss-drug-treatment"),
  id: "calcium-thresholds/drug-treatment",
  title: { en: "From 100: threshold for drugs", fr: "À partir de 100 : seuil d'intervention médicamenteuse" },
  statement: {
    en: "From 100 on, drug treatment is discussed, whatever risk equation is used. The threshold comes from epidemiology, by extrapolating the risk that the score confers; no trial has proved it.",
    fr: "À partir de 100, un traitement médicamenteux se discute, quelle que soit l'équation de risque. Le seuil vient de l'épidémiologie, par extrapolation du risque conféré par le score ; aucun essai ne l'a démontré.",
  },
  source: teaching,
  when: from(100),
  presumes: [primaryPrevention],
  note: {
    en: `The only randomised statin trial by calcium score (St. Francis, Arad 2005, doi ${arad2005.doi}: atorvastatin 20 mg, 1005 people above the 80th percentile, 4.3 years) was negative, 6.9 against 9.9 % of events (p = 0.08), and favourable above 400, 8.7 against 15.0 % (p = 0.046); recalled. In MESA 44 % of statin candidates had a score of 0, with 4.2 events per 1000 person-years (Nasir 2015, doi ${nasir2015.doi}, recalled). Which LDL to aim at by the score is defined by no guideline; see the LDL ladder for the class.`,
    fr: `Le seul essai randomisé de statine guidé par le score (St. Francis, Arad 2005, doi ${arad2005.doi} : atorvastatine 20 mg, 1005 personnes au-delà du 80e percentile, 4,3 ans) était négatif, 6,9 contre 9,9 % d'événements (p = 0,08), et favorable au-delà de 400, 8,7 contre 15,0 % (p = 0,046) ; de mémoire. Dans MESA, 44 % des candidats à une statine avaient un score de 0, avec 4,2 événements pour 1000 personnes-années (Nasir 2015, doi ${nasir2015.doi}, de mémoire). L'objectif de LDL selon le score n'est défini par aucune recommandation ; voir l'échelle de LDL pour la classe.`,
  },
};

const aspirin: Rule = {
  ...common,
  ...opens("discuss-aspirin"),
  id: "calcium-thresholds/aspirin",
  title: { en: "From 100: aspirin", fr: "À partir de 100 : aspirine" },
  statement: {
    en: "From 100 on and at low bleeding risk, aspirin may be discussed. No randomised trial supports it: a MESA estimate (Miedema 2014) found more benefit than harm from 100 on (number needed to treat over 5 years 173 or 92, to harm 442), and harm at 0 (2036 or 808).",
    fr: "À partir de 100 et à faible risque hémorragique, l'aspirine peut se discuter. Aucun essai randomisé ne le démontre : une estimation dans MESA (Miedema 2014) trouve plus de bénéfice que de risque à partir de 100 (nombre de sujets à traiter sur 5 ans 173 ou 92, pour nuire 442), et un effet délétère à 0 (2036 ou 808).",
  },
  source: {
    ...miedema2014,
    verification: "public-source",
    confirmedIn: "its abstract (PMC4412344); the article was not read",
  },
  when: { all: [from(100), { fact: "bleeding-risk", is: "low" }] },
  presumes: [
    primaryPrevention,
    {
      that: { fact: "age", unit: "a", below: 71 },
      note: {
        en: "Not above 70 years, which is presumed where the age is not known: the 2019 ACC/AHA guideline considers aspirin only from 40 to 70 years.",
        fr: "Pas au-delà de 70 ans, ce qui est présumé si l'âge n'est pas connu : la recommandation ACC/AHA de 2019 n'envisage l'aspirine que de 40 à 70 ans.",
      },
    },
  ],
  caveats: [
    {
      when: { fact: "diabetes", is: true },
      text: {
        en: "The estimate left out people with diabetes.",
        fr: "L'estimation a exclu les personnes diabétiques.",
      },
    },
  ],
  note: {
    en: "The two numbers to treat are for a Framingham coronary risk below and from 10 %. The estimate assumed 18 % fewer coronary events; with the later meta-analysis (12 % fewer events, 42 % more major bleeds) 100 and above still came out in favour, 140 against 518 (Cainzos-Achirica 2020, abstract, PMC7217722). Seed 001 gives the threshold and says itself that there is no randomised study.",
    fr: "Les deux nombres de sujets à traiter valent pour un risque coronaire de Framingham inférieur et supérieur à 10 %. L'estimation supposait 18 % d'événements coronaires en moins ; avec la méta-analyse ultérieure (12 % d'événements en moins, 42 % d'hémorragies majeures en plus), 100 et plus reste favorable, 140 contre 518 (Cainzos-Achirica 2020, résumé, PMC7217722). Le document 001 donne le seuil et dit lui-même qu'il n'existe aucune étude randomisée.",
  },
};

const ischaemiaTest: Rule = {
  ...common,
  ...opens("discuss-ischaemia-test"),
  id: "calcium-thresholds/ischaemia-test",
  title: { en: "From 400: test for ischaemia", fr: "À partir de 400 : test d'ischémie" },
  statement: {
    en: "From 400 on the risk is very high: a test for ischaemia is worth discussing and the advice of a cardiologist is asked. Expert opinion: the ESC guideline of 2021 gives no class for it in people without symptoms.",
    fr: "À partir de 400, le risque est très élevé : un test d'ischémie se discute et l'avis d'un cardiologue est demandé. Avis d'expert : la recommandation ESC de 2021 ne lui donne aucune classe chez l'asymptomatique.",
  },
  source: teaching,
  when: from(400),
  caveats: [
    {
      when: { fact: "symptomatic", is: true },
      text: {
        en: "With symptoms the tests follow the guideline for the symptoms, whatever the score.",
        fr: "En cas de symptômes, les examens suivent la recommandation propre aux symptômes, quel que soit le score.",
      },
    },
  ],
  note: {
    en: "Sources disagree: the teaching slides test from 400 on, ESC 2021 says nothing, American appropriateness criteria rarely support it (recalled).",
    fr: "Les sources divergent : l'enseignement propose un test à partir de 400, l'ESC 2021 n'en dit rien, les critères américains de pertinence le soutiennent rarement (de mémoire).",
  },
};

const severeDisease: Rule = {
  ...common,
  ...opens("severe-disease-likely"),
  id: "calcium-thresholds/severe-disease-likely",
  title: { en: "From 1000: severe disease likely", fr: "À partir de 1000 : coronaropathie sévère probable" },
  statement: {
    en: "From 1000 on severe coronary disease is likely: many arteries are calcified and events are frequent. A stenosis is not proven by it.",
    fr: "À partir de 1000, une coronaropathie sévère est probable : de nombreuses artères sont calcifiées et les événements sont fréquents. Une sténose n'est pas démontrée pour autant.",
  },
  source: hecht2018,
  when: from(1000),
  note: {
    en: "Seed 001 says 'severe coronary disease very likely': true of the risk, too strong for stenosis, which the score does not show. In MESA a score of 1000 or more went with 4.7 times the cardiovascular events of a score of 0 (Peng 2021, abstract, doi 10.1161/CIRCULATIONAHA.120.050545).",
    fr: "Le document 001 dit « coronaropathie sévère très probable » : juste pour le risque, trop fort pour la sténose, que le score ne montre pas. Dans MESA, un score d'au moins 1000 s'accompagnait de 4,7 fois plus d'événements cardiovasculaires qu'un score de 0 (Peng 2021, résumé, doi 10.1161/CIRCULATIONAHA.120.050545).",
  },
};

/** What experts open from 100, 400 and 1000 on. */
export const expertRules: readonly Rule[] = [drugTreatment, aspirin, ischaemiaTest, severeDisease];
