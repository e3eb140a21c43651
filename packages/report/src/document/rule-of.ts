import { catalog, type Rule, type Verdict } from "@etalon/decide";

/** The rule behind a verdict; `undefined` where the catalogue of this version has it no more. */
export function ruleOf({ rule }: Pick<Verdict, "rule">): Rule | undefined {
  return catalog.flatMap(({ rules }) => rules).find(({ id }) => id === rule);
}
