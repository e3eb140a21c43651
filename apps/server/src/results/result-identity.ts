import { canonicalJson, type JsonValue, sha256Hex } from "@etalon/base";
import type { Result } from "@etalon/measure";

/** SHA-256 of what a result was made from: two results of one recipe are one. 64 hexadecimal digits. */
export function resultIdentity({ protocol, recipe }: Result): string {
  const { inputs, numbers, choices, marks, parameters } = recipe;
  // Made by the runner and checked by its schema: plain JSON all through.
  const made = { protocol, inputs, numbers, choices, marks, parameters } as unknown as JsonValue;
  return sha256Hex(canonicalJson(made));
}
