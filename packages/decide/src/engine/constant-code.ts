import type { Text } from "@etalon/base";
import type { ConstantComputation, ValueDeclaration } from "./rule.ts";

/** Computation and value of a rule that says one code whenever it applies. */
export function constantCode(said: {
  readonly key: string;
  /** What the key means. */
  readonly title: Text;
  readonly code: string;
  /** What the code means. */
  readonly text: Text;
}): {
  readonly computation: ConstantComputation;
  readonly values: Readonly<Record<string, ValueDeclaration>>;
} {
  const { key, title, code, text } = said;
  return {
    computation: { kind: "constant", values: { [key]: code } },
    values: { [key]: { title, codes: { [code]: text } } },
  };
}
