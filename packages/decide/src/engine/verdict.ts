import type { Text } from "@etalon/base";
import type { FactId } from "../facts/definitions.ts";
import type { EvidenceLevel, RecommendationClass, RuleKind, RuleSource, RuleValues } from "./rule.ts";

/** A truth value of three-valued logic. */
export type Truth = true | false | "unknown";

/** What one condition came to, part by part. */
export interface TraceNode {
  readonly truth: Truth;
  /** `all`, `any`, `not`, or the comparison in symbols: `age >= 45 a`. */
  readonly condition: string;
  /** What the fact was; absent where it is missing, `withheld` where it is sensitive. */
  readonly received?: number | string | boolean;
  readonly parts?: readonly TraceNode[];
}

/** One rule's outcome on the facts of one person. */
export interface Verdict {
  readonly rule: string;
  readonly pack: string;
  readonly outcome: "applies" | "does-not" | "undetermined";
  /** Unrounded. */
  readonly value?: RuleValues;
  /** Facts without which the outcome is undetermined. */
  readonly missing?: readonly string[];
  readonly kind: RuleKind;
  readonly class: RecommendationClass;
  readonly level: EvidenceLevel;
  readonly source: RuleSource;
  readonly title: Text;
  readonly statement: Text;
  /** What was taken for granted, what limits the number, "not verified against the primary source". */
  readonly caveats: readonly Text[];
  /** Sensitive facts it read, itself or through a derived fact: it can be replayed only with them given again. */
  readonly needsAgain?: readonly FactId[];
  readonly trace: readonly TraceNode[];
}
