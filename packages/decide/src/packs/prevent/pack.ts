import type { Pack, Rule, ValueDeclaration } from "../../engine/rule.ts";
import { khan2024 } from "../../sources.ts";
import { baseTenYear } from "./base-ten-year.ts";
import { baseThirtyYear } from "./base-thirty-year.ts";
import { outsidePreventRanges } from "./made-for.ts";
import { preventNeeds, preventRisks } from "./prevent-risks.ts";

const percent = (en: string, fr: string): ValueDeclaration => ({ title: { en, fr }, unit: "%", digits: 1 });

const risks: Rule["values"] = {
  totalCvdRiskPercent: percent(
    "Risk of any cardiovascular disease (atherosclerotic or heart failure)",
    "Risque de maladie cardiovasculaire (athéromateuse ou insuffisance cardiaque)",
  ),
  ascvdRiskPercent: percent("Risk of atherosclerotic disease", "Risque de maladie athéromateuse"),
  heartFailureRiskPercent: percent("Risk of heart failure", "Risque d'insuffisance cardiaque"),
  coronaryRiskPercent: percent("Risk of coronary heart disease", "Risque de maladie coronaire"),
  strokeRiskPercent: percent("Risk of stroke", "Risque d'accident vasculaire cérébral"),
};

const tenYear: Rule = {
  id: "prevent/ten-year",
  title: { en: "PREVENT, 10 years", fr: "PREVENT, 10 ans" },
  statement: {
    en: "10-year risks of a first cardiovascular event from 30 to 79 years, without regard to origin.",
    fr: "Risques à 10 ans d'un premier événement cardiovasculaire de 30 à 79 ans, sans égard à l'origine.",
  },
  kind: "risk-equation",
  class: "none",
  level: "none",
  source: { ...khan2024, verification: "public-source", confirmedIn: "github:martingmayer/preventr R/sysdata.rda" },
  when: { fact: "age", unit: "a", atLeast: 30, below: 80 },
  presumes: [
    {
      that: { fact: "known-cardiovascular-disease", is: false },
      note: {
        en: "For people without established cardiovascular disease, heart failure included; its absence is taken for granted where that is not known.",
        fr: "Pour les personnes sans maladie cardiovasculaire établie, insuffisance cardiaque comprise ; son absence est supposée si elle n'est pas connue.",
      },
    },
  ],
  computation: { kind: "equation", needs: preventNeeds, compute: preventRisks(baseTenYear) },
  values: risks,
  caveats: outsidePreventRanges,
  note: {
    en: "Made on people in the United States; not recalibrated to European regions. Each outcome is an equation of its own: the parts need not add up to the whole.",
    fr: "Établi sur des personnes des États-Unis, sans recalibration aux régions européennes. Chaque événement a sa propre équation : les parties n'ont pas à faire la somme du tout.",
  },
};

const thirtyYear: Rule = {
  ...tenYear,
  id: "prevent/thirty-year",
  title: { en: "PREVENT, 30 years", fr: "PREVENT, 30 ans" },
  statement: {
    en: "30-year risks of a first cardiovascular event from 30 to 59 years, without regard to origin.",
    fr: "Risques à 30 ans d'un premier événement cardiovasculaire de 30 à 59 ans, sans égard à l'origine.",
  },
  when: { fact: "age", unit: "a", atLeast: 30, below: 60 },
  computation: { kind: "equation", needs: preventNeeds, compute: preventRisks(baseThirtyYear) },
};

/** PREVENT's base model over 10 and 30 years. */
export const prevent: Pack = {
  id: "prevent",
  version: "1.0.0",
  title: { en: "PREVENT", fr: "PREVENT" },
  scope: {
    en: "The American Heart Association's risks of cardiovascular disease, of its parts and of heart failure, by the base model. The variants with HbA1c, albuminuria or social deprivation are left out.",
    fr: "Les risques de maladie cardiovasculaire de l'American Heart Association, de ses composantes et d'insuffisance cardiaque, par le modèle de base. Les variantes avec HbA1c, albuminurie ou défavorisation sociale ne sont pas reprises.",
  },
  rules: [tenYear, thirtyYear],
};
