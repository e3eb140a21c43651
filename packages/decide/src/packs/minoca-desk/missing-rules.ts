import type { Text } from "@etalon/base";
import { lakeLouise2018, lintingre2020, minocaTiming2023, minocaWorkup } from "../../cardiac-mr-sources.ts";
import type { Condition } from "../../engine/condition.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Rule, RuleSource } from "../../engine/rule.ts";
import type { FactId } from "../../facts/definitions.ts";
import { withoutObstruction } from "../minoca-guidelines/pack.ts";

const sequences = {
  cine: { en: "cine, for wall motion", fr: "ciné, pour la cinétique segmentaire" },
  t2: { en: "T2-weighted images or T2 map, for oedema", fr: "pondération T2 ou cartographie T2, pour l'œdème" },
  "late-enhancement": { en: "late enhancement, for scar", fr: "rehaussement tardif, pour la cicatrice" },
  "t1-map": { en: "T1 map, native and after contrast (ECV)", fr: "cartographie T1 native et après injection (VEC)" },
  "late-enhancement-3d": {
    en: "high-resolution 3-D late enhancement",
    fr: "rehaussement tardif 3D haute résolution",
  },
} as const satisfies Readonly<Record<string, Text>>;

const notGiven = (...facts: readonly FactId[]): Condition => ({
  all: facts.map((fact) => ({ fact, given: false })),
});

function missing(said: {
  readonly sequence: keyof typeof sequences;
  readonly title: Text;
  readonly statement: Text;
  readonly source: RuleSource;
  readonly when: Condition;
  readonly note?: Text;
}): Rule {
  const { sequence, when, ...rest } = said;
  return {
    ...constantCode({
      key: "missingSequence",
      title: { en: "Missing sequence", fr: "Séquence manquante" },
      code: sequence,
      text: sequences[sequence],
    }),
    ...rest,
    id: `minoca-desk/missing-${sequence}`,
    kind: "expert-opinion",
    class: "none",
    level: "none",
    when: { all: [withoutObstruction, when] },
  };
}

const timing: Rule = {
  ...constantCode({
    key: "timing",
    title: { en: "Time of the MR", fr: "Délai de l'IRM" },
    code: "late",
    text: { en: "later than 7 days", fr: "plus de 7 jours" },
  }),
  id: "minoca-desk/timing",
  title: { en: "MR later than 7 days", fr: "IRM à plus de 7 jours" },
  statement: {
    en: "Within 7 days of admission a diagnosis was reached in 96 % of patients, later in 86 % (207 patients).",
    fr: "Dans les 7 jours de l'admission, un diagnostic était posé chez 96 % des patients, au-delà chez 86 % (207 patients).",
  },
  kind: "expert-opinion",
  class: "none",
  level: "none",
  source: minocaTiming2023,
  when: { all: [withoutObstruction, { fact: "days-since-onset", unit: "d", above: 7 }] },
  note: {
    en: "The study counts from admission, the fact from the first symptoms. The reference collection recalls 7 to 14 days as the best time.",
    fr: "L'étude compte à partir de l'admission, la donnée à partir des premiers symptômes. La collection de référence retient, de mémoire, 7 à 14 jours comme délai idéal.",
  },
};

/** Which sequence nobody has read yet, and whether the MR came late. */
export const missingRules: readonly Rule[] = [
  missing({
    sequence: "cine",
    title: { en: "Wall motion is not known", fr: "Cinétique segmentaire inconnue" },
    statement: {
      en: "Cine images would tell ballooning from a disorder of one territory: Takotsubo or infarct.",
      fr: "Les ciné distingueraient une ballonisation d'un trouble d'un seul territoire : Takotsubo ou infarctus.",
    },
    source: minocaWorkup,
    when: notGiven("wall-motion"),
  }),
  missing({
    sequence: "t2",
    title: { en: "Oedema is not known", fr: "Œdème inconnu" },
    statement: {
      en: "T2-weighted images or a T2 map would show oedema and where it lies: without them no Lake Louise criterion of that side.",
      fr: "Une pondération T2 ou une cartographie T2 montrerait l'œdème et son siège : sans elle, pas de critère T2 de Lake Louise.",
    },
    source: lakeLouise2018,
    when: notGiven("t2-mapping-raised", "t2-oedema-regional", "t2-signal-ratio"),
  }),
  missing({
    sequence: "late-enhancement",
    title: { en: "Late enhancement is not known", fr: "Rehaussement tardif inconnu" },
    statement: {
      en: "Late enhancement tells the three diagnoses apart more than anything else.",
      fr: "Le rehaussement tardif est ce qui distingue le mieux les trois diagnostics.",
    },
    source: minocaWorkup,
    when: notGiven("lge-pattern"),
  }),
  missing({
    sequence: "t1-map",
    title: { en: "T1 and extracellular volume are not known", fr: "T1 et volume extracellulaire inconnus" },
    statement: {
      en: "Where late enhancement is not that of myocarditis, a T1 map can still meet the T1-based criterion.",
      fr: "Quand le rehaussement tardif n'est pas celui d'une myocardite, une cartographie T1 peut encore apporter le critère T1.",
    },
    source: lakeLouise2018,
    when: { all: [notGiven("native-t1-raised", "ecv-raised"), { fact: "lge-pattern", is: "none" }] },
  }),
  missing({
    sequence: "late-enhancement-3d",
    title: { en: "High-resolution 3-D enhancement", fr: "Rehaussement 3D haute résolution" },
    statement: {
      en: "In 229 patients with MINOCA whose standard MR was normal or inconclusive, high-resolution 3-D enhancement changed the diagnosis of 26 %, at some 10 minutes against 3 to 6.",
      fr: "Chez 229 patients avec MINOCA dont l'IRM standard était normale ou non concluante, le rehaussement 3D haute résolution a modifié le diagnostic dans 26 % des cas, en 10 minutes environ contre 3 à 6.",
    },
    source: lintingre2020,
    when: {
      all: [
        { fact: "lge-pattern", is: "none" },
        {
          any: [
            { fact: "lge-3d-done", given: false },
            { fact: "lge-3d-done", is: false },
          ],
        },
      ],
    },
    note: {
      en: "Population as seed 000 says it. The summary at acc.org has all consecutive patients of 229 in the 26 %, and 48 % among those whose echo, ventriculography and standard MR were negative.",
      fr: "Population telle que la décrit le document 000. Selon le résumé d'acc.org, le taux global porte sur des patients consécutifs ; il est de 48 % chez ceux dont échographie, ventriculographie et IRM standard étaient négatives.",
    },
  }),
  timing,
];
