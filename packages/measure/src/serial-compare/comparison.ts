import type { JsonValue, Text } from "@etalon/base";

/** What a number says when it grows: more of a disease, more function, or only size. */
export const meanings = ["burden", "function", "size"] as const;

/** One of {@link meanings}. */
export type Meaning = (typeof meanings)[number];

/** How much two measurements of an unchanged person may differ, as published. */
export interface RepeatabilityLimit {
  /** Half-width in the output's unit, for these two values. */
  readonly value: number;
  /** Under which circumstances it was found: a code of `limits.ts`. */
  readonly condition: string;
  readonly circumstances: Text;
  readonly citation: string;
  readonly doi?: string;
  /** Where the figure was read. */
  readonly readAt: Text;
}

/**
 * What a change is. Of a burden: `appeared`, `disappeared`, `progressed`, `regressed`, `persists`, `absent`; of function
 * `improved`, `worsened`, `stable`; of size `increased`, `decreased`, `stable`. `undecided` lies between two published limits,
 * `difference-only` has none that holds.
 */
export const conclusions = [
  "appeared",
  "disappeared",
  "progressed",
  "regressed",
  "persists",
  "absent",
  "improved",
  "worsened",
  "increased",
  "decreased",
  "stable",
  "undecided",
  "difference-only",
] as const;

/** One of {@link conclusions}. */
export type Conclusion = (typeof conclusions)[number];

/** Why a difference is not judged. */
export const reserves = ["no-limit", "by-site", "parameters-differ", "provisional"] as const;

/** One of {@link reserves}. */
export type Reserve = (typeof reserves)[number];

/** One output at two dates. */
export interface ComparedOutput {
  readonly output: string;
  readonly site?: string;
  readonly unit: string;
  readonly earlier: number;
  readonly later: number;
  /** Later minus earlier. */
  readonly change: number;
  /** Of the earlier value; `null` where that is 0. */
  readonly changePercent: number | null;
  readonly meaning: Meaning;
  /** Published limits, the narrowest first. */
  readonly limits: readonly RepeatabilityLimit[];
  readonly conclusion: Conclusion;
  /** Present with `difference-only`. */
  readonly reserve?: Reserve;
}

/** Whether the two results are one person's. */
export const patientChecks = ["same", "not-checked"] as const;

/** One of {@link patientChecks}. */
export type PatientCheck = (typeof patientChecks)[number];

/** Two results of one protocol side by side: `etalon.comparison/1`. */
export interface Comparison {
  readonly schema: "etalon.comparison/1";
  readonly protocol: { readonly id: string; readonly version: string };
  /** Digests of the results. */
  readonly earlier: string;
  readonly later: string;
  /** YYYY-MM-DD, where they are known. */
  readonly dates: { readonly earlier: string; readonly later: string } | null;
  readonly daysBetween: number | null;
  readonly patient: PatientCheck;
  /** Parameters that were accepted to differ, with both values. */
  readonly differentParameters: readonly { readonly id: string; readonly earlier: string; readonly later: string }[];
  readonly outputs: readonly ComparedOutput[];
  /** Outputs that only one result has, as "id" or "id site". */
  readonly onlyEarlier: readonly string[];
  readonly onlyLater: readonly string[];
  /** SHA-256 of the canonical JSON of the rest. */
  readonly digest: string;
}

/** A comparison without its digest, as JSON. */
export function undigested(comparison: Omit<Comparison, "digest">): JsonValue {
  // Plain objects, arrays, numbers, texts and null only.
  return comparison as unknown as JsonValue;
}
