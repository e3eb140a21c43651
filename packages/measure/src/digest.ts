import { canonicalJson, type JsonValue, sha256Hex } from "@etalon/base";
import type { Recipe, Result } from "./result.ts";

/** What a digest covers: everything a result depends on and says; never build, paths, dates, language or machine. */
export type DigestedResult = Pick<
  Result,
  "protocol" | "outputs" | "provisional" | "candidates" | "sensitivity" | "maps" | "curves" | "quality"
> & { readonly recipe: Omit<Recipe, "hashes" | "roles"> };

/**
 * SHA-256 of the canonical JSON (RFC 8785) of a result without what stands beside it. Stack ids and the ledger are left
 * out: they are names, and the inputs' hashes already say which images were measured.
 */
export function digestOf(result: DigestedResult): string {
  const { protocol, outputs, provisional, candidates, sensitivity, maps, curves, quality, recipe } = result;
  const { inputs, numbers, choices, marks, parameters } = recipe;
  const covered = {
    protocol,
    inputs,
    numbers,
    choices,
    marks,
    parameters,
    facts: [],
    outputs,
    provisional,
    candidates,
    sensitivity,
    maps,
    curves,
    quality,
  };
  return sha256Hex(canonicalJson(asJson(covered)));
}

/** Hashes of the recipe's parts by name: "protocol", "input:<hash>", "number:<role>", "mark:<region>", "marks", "parameter:<id>". */
export function hashRecipe(protocol: Result["protocol"], recipe: Omit<Recipe, "hashes">): Record<string, string> {
  const hashes: Record<string, string> = { protocol: hashOf(protocol) };
  for (const input of recipe.inputs) hashes[`input:${input.uid}:${input.dataSetSha256}`] = hashOf(input);
  for (const number of recipe.numbers) hashes[`number:${number.role}`] = hashOf(number);
  for (const choice of recipe.choices) hashes[`choice:${choice.uid}`] = hashOf(choice);
  for (const region of recipe.marks?.regions ?? []) hashes[`mark:${region.id}`] = hashOf(region);
  hashes.marks = hashOf(recipe.marks);
  for (const parameter of recipe.parameters) hashes[`parameter:${parameter.id}`] = hashOf(parameter);
  return hashes;
}

function hashOf(value: unknown): string {
  return sha256Hex(canonicalJson(asJson(value)));
}

/** Any value built of plain objects, arrays, numbers, strings, booleans and null; canonical JSON refuses the rest. */
export function asJson(value: unknown): JsonValue {
  return value as JsonValue;
}
