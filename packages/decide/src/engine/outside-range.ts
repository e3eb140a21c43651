import type { Text } from "@etalon/base";
import { definitionOf, type FactId } from "../facts/definitions.ts";
import type { Caveat } from "./rule.ts";

/** A range that an equation was made for, in the fact's own unit, both ends included. */
interface MadeFor {
  readonly fact: FactId;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  /** The range as people write it: "90–200 mmHg". */
  readonly shown: Text;
}

/** Said beside a number computed from a fact outside the range that the equation was made for: the fact is not clipped. */
export function outsideRange({ fact, unit, from, to, shown }: MadeFor): Caveat {
  const { title } = definitionOf(fact);
  return {
    when: {
      any: [
        { fact, unit, below: from },
        { fact, unit, above: to },
      ],
    },
    text: {
      en: `${title.en}: outside ${shown.en}, for which the equation was made; the number is extrapolated.`,
      fr: `${title.fr} : hors de l'intervalle ${shown.fr} pour lequel l'équation est faite ; le nombre est extrapolé.`,
    },
  };
}
