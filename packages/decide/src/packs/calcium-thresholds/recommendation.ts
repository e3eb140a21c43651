import type { Text } from "@etalon/base";
import { constantCode } from "../../engine/constant-code.ts";

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

/** Computation and value of a rule that opens one thing. */
export function opens(code: keyof typeof codes): ReturnType<typeof constantCode> {
  const title = { en: "Recommendation", fr: "Conduite proposée" };
  return constantCode({ key: "recommendation", title, code, text: codes[code] });
}
