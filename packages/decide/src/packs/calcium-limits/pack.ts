import type { Text } from "@etalon/base";
import type { Condition } from "../../engine/condition.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Pack, Rule } from "../../engine/rule.ts";
import { defina2019, shaw2018, villines2011 } from "../../guidance-sources.ts";
import { eventRateRules } from "./event-rate-rules.ts";

const hasScore: Condition = { fact: "agatston-score", unit: "[arb'U]", atLeast: 0 };

const limit = (code: string, text: Text) =>
  constantCode({ key: "limit", title: { en: "Limit", fr: "Limite" }, code, text });

const common = { kind: "expert-opinion", class: "none", level: "none" } as const;

const nonCalcifiedPlaque: Rule = {
  ...common,
  ...limit("non-calcified-plaque", { en: "non-calcified plaque is not seen", fr: "plaque non calcifiée non vue" }),
  id: "calcium-limits/non-calcified-plaque",
  title: { en: "Plaque without calcium", fr: "Plaque non calcifiée" },
  statement: {
    en: "The score sees calcified plaque only. A score of 0 does not exclude plaque or stenosis, above all in a person with symptoms.",
    fr: "Le score ne voit que la plaque calcifiée. Un score de 0 n'exclut ni plaque ni sténose, surtout chez un patient symptomatique.",
  },
  source: villines2011,
  when: hasScore,
  caveats: [
    {
      when: {
        all: [
          { fact: "symptomatic", is: true },
          { fact: "agatston-score", unit: "[arb'U]", atMost: 0 },
        ],
      },
      text: {
        en: "With symptoms and a score of 0, 3.5 % had a stenosis of half the vessel or more and 1.4 % of 70 % or more (CONFIRM registry, CT angiography).",
        fr: "Avec des symptômes et un score de 0, 3,5 % avaient une sténose d'au moins 50 % et 1,4 % d'au moins 70 % (registre CONFIRM, coroscanner).",
      },
    },
  ],
  note: {
    en: "Among people sent to catheter angiography with a score of 0, 19 % had a stenosis of half the vessel or more (CORE64, abstract, PMC3294287): the more suspicion, the less a score of 0 says.",
    fr: "Parmi les patients adressés en coronarographie avec un score de 0, 19 % avaient une sténose d'au moins 50 % (CORE64, résumé, PMC3294287) : plus la suspicion est forte, moins un score de 0 rassure.",
  },
};

const women: Rule = {
  ...common,
  ...limit("women", { en: "women: read a high score more severely", fr: "femme : un score élevé pèse davantage" }),
  id: "calcium-limits/women",
  title: { en: "Women", fr: "Femmes" },
  statement: {
    en: "Women have more plaque without calcium, which the score does not see; and calcium, where there is any, weighs more: cardiovascular death 1.3 times that of men with calcium.",
    fr: "Les femmes ont davantage de plaques non calcifiées, que le score ne voit pas ; et le calcium, quand il y en a, pèse davantage : mortalité cardiovasculaire 1,3 fois celle des hommes qui en ont.",
  },
  source: shaw2018,
  when: { all: [hasScore, { fact: "sex", is: "female" }] },
  note: {
    en: "The factor 1.3 and the same mortality of women and men at 0 are of the CAC Consortium (abstract). That women have more plaque without calcium is seed 001's; the abstract says fewer calcified lesions, larger and denser. A score of 0 reassures alike.",
    fr: "Le facteur 1,3 et la même mortalité des femmes et des hommes à score 0 viennent du CAC Consortium (résumé). Que les femmes aient davantage de plaques non calcifiées vient du document 001 ; le résumé parle de lésions calcifiées moins nombreuses, plus grandes et plus denses. Un score de 0 rassure autant.",
  },
};

const athletes: Rule = {
  ...common,
  ...limit("athletes", { en: "endurance athlete: prognosis disputed", fr: "sportif d'endurance : pronostic discuté" }),
  id: "calcium-limits/athletes",
  title: { en: "Endurance athletes", fr: "Sportifs d'endurance" },
  statement: {
    en: "Endurance athletes have higher scores; what that means for their prognosis is disputed.",
    fr: "Les sportifs d'endurance ont des scores plus élevés ; ce que cela signifie pour leur pronostic est discuté.",
  },
  source: defina2019,
  when: { all: [hasScore, { fact: "endurance-athlete", is: true }] },
  note: {
    en: "In 21 758 men, those most active had more often a score of 100 or more, without more deaths than the less active with the same calcium (abstract). Plaques of athletes are more often calcified only (review, PMC7176353).",
    fr: "Chez 21 758 hommes, les plus actifs avaient plus souvent un score d'au moins 100, sans mortalité supérieure à celle des moins actifs (résumé). Les plaques des sportifs sont plus souvent purement calcifiées (revue, PMC7176353).",
  },
};

/** What is said beside any calcium score. */
export const calciumLimits: Pack = {
  id: "calcium-limits",
  version: "1.0.0",
  title: { en: "Limits of the calcium score", fr: "Limites du score calcique" },
  scope: {
    en: "What a calcium score does not show, in whom it must be read otherwise, and how many people with such a score had an event.",
    fr: "Ce qu'un score calcique ne montre pas, chez qui il se lit autrement, et combien de personnes ayant un tel score ont eu un événement.",
  },
  rules: [nonCalcifiedPlaque, women, athletes, ...eventRateRules],
};
