import type { Text } from "@etalon/base";
import type { FactId } from "../facts/definitions.ts";
import type { Condition } from "./condition.ts";

/** What stands behind a rule. */
export type RuleKind = "guideline" | "consensus" | "risk-equation" | "expert-opinion";

/** Class of recommendation as the document prints it; `none` where it gives none. */
export type RecommendationClass = "I" | "IIa" | "IIb" | "III" | "none";

/** Level of evidence as the document prints it; `none` where it gives none. */
export type EvidenceLevel = "A" | "B" | "B-R" | "B-NR" | "C" | "C-LD" | "C-EO" | "none";

/**
 * How far the rule was checked against its document: `primary` the document itself was read; `public-source` another public
 * text or program says the same; `not-verified` it is recalled, or sources disagree.
 */
export type Verification = "primary" | "public-source" | "not-verified";

/** The document a rule comes from. Nothing is invented to fill a field: what is not known is absent. */
export interface RuleSource {
  /** Authors, title, journal, year. */
  readonly citation: string;
  readonly doi?: string;
  /** Whether the DOI was recalled and not seen beside the title anywhere. */
  readonly isDoiRecalled?: boolean;
  /** Web address or name of the document, where there is no DOI. */
  readonly document?: string;
  readonly edition: string;
  /** Table, figure or section of the document, where it is known. */
  readonly table?: string;
  readonly verification: Verification;
  /** Public text or program that says the same, where there is one. */
  readonly confirmedIn?: string;
  /** Date of the last check, YYYY-MM-DD. */
  readonly lastChecked: string;
  /** The document that replaces this one. */
  readonly supersededBy?: string;
  readonly isRetracted: boolean;
}

/** One number, code or truth that a rule gives. */
export type RuleValue = number | string | boolean;

/** What a rule may give, by key. */
export type RuleValues = Readonly<Record<string, RuleValue>>;

/** What one key of a rule's value means. */
export interface ValueDeclaration {
  readonly title: Text;
  /** UCUM unit of a number. */
  readonly unit?: string;
  /** Decimals a report shows of a number. */
  readonly digits?: number;
  /** The texts of a code, one for each that can occur. */
  readonly codes?: Readonly<Record<string, Text>>;
}

/** A rule that says one thing when it applies. */
export interface ConstantComputation {
  readonly kind: "constant";
  readonly values: RuleValues;
}

/** One band of a scale. */
export interface Band {
  readonly code: string;
  /** Upper edge in the fact's unit; `null` for the last band. */
  readonly to: number | null;
  /** Whether the upper edge itself belongs to this band. */
  readonly includesEdge: boolean;
}

/** A scale: bands in ascending order without holes, from the fact's minimum on. */
export interface BandsComputation {
  readonly kind: "bands";
  readonly fact: FactId;
  readonly unit: string;
  /** The key of the value that the band's code is given under. */
  readonly gives: string;
  readonly bands: readonly Band[];
}

/** Known facts as an equation reads them; only those that the rule needs. */
export interface KnownFacts {
  /** A number, in the unit of the fact's definition. */
  readonly number: (fact: FactId) => number;
  readonly is: (fact: FactId) => boolean;
  readonly choice: (fact: FactId) => string;
}

/** A published formula. Pure; its coefficients stand beside it as data. */
export interface EquationComputation {
  readonly kind: "equation";
  readonly needs: readonly FactId[];
  readonly compute: (known: KnownFacts) => RuleValues;
}

/** How a rule that applies finds its value. */
export type Computation = ConstantComputation | BandsComputation | EquationComputation;

/**
 * What a rule takes for granted unless it is known otherwise: known to be broken, the rule does not apply; unknown, it
 * applies and the verdict says what was taken for granted.
 */
export interface Presumption {
  readonly that: Condition;
  readonly note: Text;
}

/** Something to be said beside the number when its condition holds. */
export interface Caveat {
  readonly when: Condition;
  readonly text: Text;
}

/** A fact that a rule's value gives to the rules after it, unless it was given from outside. */
export interface Derivation {
  readonly fact: FactId;
  readonly from: string;
  /** Maps the rule's code to the fact's; without it the value is taken as it is. */
  readonly codes?: Readonly<Record<string, string>>;
}

/** One line of a guideline or one equation, as data. */
export interface Rule {
  /** `<pack>/<name>`. */
  readonly id: string;
  readonly title: Text;
  /** What it says when it applies, for a physician. */
  readonly statement: Text;
  readonly kind: RuleKind;
  readonly class: RecommendationClass;
  readonly level: EvidenceLevel;
  readonly source: RuleSource;
  readonly when: Condition;
  readonly presumes?: readonly Presumption[];
  readonly computation: Computation;
  /** Meaning of each key of the value. */
  readonly values: Readonly<Record<string, ValueDeclaration>>;
  readonly derives?: readonly Derivation[];
  readonly caveats?: readonly Caveat[];
  /** What was found in the sources: disagreements, gaps, where a seed and the literature differ. */
  readonly note?: Text;
}

/** The rules of one document edition or one equation: one folder. */
export interface Pack {
  /** The folder's name. */
  readonly id: string;
  /** Raised whenever a verdict could change. */
  readonly version: string;
  readonly title: Text;
  /** What the pack answers, and what it leaves out. */
  readonly scope: Text;
  /**
   * Facts of which one must be known before the pack is answered unasked: without one the question is another. A pack that
   * is asked for by name answers always; without this list so does every pack.
   */
  readonly opensWith?: readonly [FactId, ...FactId[]];
  readonly rules: readonly [Rule, ...Rule[]];
}
