import type { Text } from "@etalon/base";
import type { Condition } from "../../engine/condition.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Caveat, Rule, RuleSource } from "../../engine/rule.ts";
import { withoutObstruction } from "../minoca-guidelines/pack.ts";

/** The diagnoses that the desk sets side by side, in the order it shows them. */
export const deskDiagnoses = {
  myocarditis: { en: "Myocarditis", fr: "Myocardite" },
  infarct: { en: "Infarct", fr: "Infarctus" },
  takotsubo: { en: "Takotsubo", fr: "Takotsubo" },
} as const satisfies Readonly<Record<string, Text>>;

/** One of the desk's diagnoses. */
export type DeskDiagnosis = keyof typeof deskDiagnoses;

const weights = {
  supports: { en: "supports", fr: "en faveur de" },
  against: { en: "speaks against", fr: "en défaveur de" },
} as const;

/** What a finding does to a diagnosis. */
export type DeskWeight = keyof typeof weights;

/** A finding that supports a diagnosis or speaks against it, where the coronary anatomy is known without obstruction. */
export function deskLine(said: {
  readonly name: string;
  readonly diagnosis: DeskDiagnosis;
  readonly weight: DeskWeight;
  readonly title: Text;
  readonly statement: Text;
  readonly source: RuleSource;
  readonly finding: Condition;
  readonly caveats?: readonly Caveat[];
  readonly note?: Text;
}): Rule {
  const { name, diagnosis, weight, finding, ...rest } = said;
  const text = {
    en: `${weights[weight].en} ${deskDiagnoses[diagnosis].en.toLowerCase()}`,
    fr: `${weights[weight].fr} : ${deskDiagnoses[diagnosis].fr.toLowerCase()}`,
  };
  return {
    ...constantCode({
      key: "weight",
      title: { en: "Finding", fr: "Signe" },
      code: `${weight}-${diagnosis}`,
      text,
    }),
    ...rest,
    id: `minoca-desk/${name}`,
    kind: "expert-opinion",
    class: "none",
    level: "none",
    when: { all: [withoutObstruction, finding] },
  };
}

/** Diagnosis and weight of a line of the desk, of its rule's value; `undefined` for the desk's other rules. */
export function deskLineOf(rule: Rule): { readonly diagnosis: DeskDiagnosis; readonly weight: DeskWeight } | undefined {
  const { computation } = rule;
  const said = computation.kind === "constant" ? computation.values["weight"] : undefined;
  for (const diagnosis of ["myocarditis", "infarct", "takotsubo"] as const) {
    for (const weight of ["supports", "against"] as const) {
      if (said === `${weight}-${diagnosis}`) return { diagnosis, weight };
    }
  }
  return undefined;
}
