import type { Code, Text } from "@etalon/base";

/**
 * How a number given in another unit becomes one in the definition's: `value × factor / divisor + offset`. A divisor of 100
 * is exact where a factor of 0.01 is not: 7 mg/dL are 0.07 g/L to the last bit.
 */
export interface UnitConversion {
  readonly factor: number;
  readonly divisor?: number;
  readonly offset?: number;
  /** Where the factor is published, when it is more than a prefix. */
  readonly source?: string;
}

interface CommonDefinition {
  readonly title: Text;
  /** Standard code, where there is one that was looked up. */
  readonly code?: Code;
  /** Left out of what is stored, printed and exported; a verdict that read it is replayable only with the fact given again. */
  readonly isSensitive?: boolean;
  /** What the fact is and is not, where the title can be misread. */
  readonly note?: Text;
}

/** A measured fact. */
export interface NumberDefinition extends CommonDefinition {
  readonly kind: "number";
  /** UCUM unit of the value that rules read. */
  readonly unit: string;
  /** Whether it is a pure number, whose unit nobody writes. */
  readonly isUnitOptional?: boolean;
  /** Other UCUM units a fact may be given in. */
  readonly accepts: Readonly<Record<string, UnitConversion>>;
  /** What can be true of a person, in `unit`, inclusive: beyond it the fact is refused, never clipped. */
  readonly minimum: number;
  readonly maximum: number;
  /** Whether only whole numbers can be true: a count or a grade. */
  readonly isWhole?: boolean;
}

/** A fact that holds or does not. */
export interface BooleanDefinition extends CommonDefinition {
  readonly kind: "boolean";
}

/** A fact that is one of several codes. */
export interface ChoiceDefinition extends CommonDefinition {
  readonly kind: "choice";
  readonly choices: Readonly<Record<string, Text>>;
  /** Other ways of writing a choice, and the choice each stands for; truth values as "true" and "false". */
  readonly accepts?: Readonly<Record<string, string>>;
  /** The choice that says that none of the others is true, which is all that rules know without the fact: they see none. */
  readonly countsAsUnknown?: string;
}

/** What is known of one kind of fact. */
export type FactDefinition = NumberDefinition | BooleanDefinition | ChoiceDefinition;
