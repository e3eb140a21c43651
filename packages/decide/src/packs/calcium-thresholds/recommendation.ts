import type { Text } from "@etalon/base";
import type { ConstantComputation, ValueDeclaration } from "../../engine/rule.ts";

const codes = {
  "no-statin-for-now": { en: "no statin for now", fr: "pas de statine pour l'instant" },
  "statin-favoured": { en: "favours a statin", fr: "plutôt une statine" },
  statin: { en: "statin", fr: "statine" },
  "discuss-drug-treatment": { en: "discuss drug treatment", fr: "discuter un traitement médicamenteux" },
  "discuss-aspirin": { en: "aspirin may be discussed", fr: "aspirine à discuter" },
  "discuss-ischaemia-test": {
    en: "discuss a test for ischaemia, cardiologist's advice",
    fr: "discuter un test d'ischémie, avis cardiologique",
  },
  "severe-disease-likely": { en: "severe coronary disease likely", fr: "coronaropathie sévère probable" },
} as const satisfies Readonly<Record<string, Text>>;

/** What a threshold opens. */
type Recommendation = keyof typeof codes;

/** The value of a rule that opens one thing, and what its code means. */
export function opens(recommendation: Recommendation): {
  readonly computation: ConstantComputation;
  readonly values: Readonly<Record<string, ValueDeclaration>>;
} {
  return {
    computation: { kind: "constant", values: { recommendation } },
    values: {
      recommendation: {
        title: { en: "Recommendation", fr: "Conduite proposée" },
        codes: { [recommendation]: codes[recommendation] },
      },
    },
  };
}
