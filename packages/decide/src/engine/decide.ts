import { canonicalJson, type JsonValue, sha256Hex } from "@etalon/base";
import { definitionOf } from "../facts/definitions.ts";
import type { Fact, Facts } from "../facts/facts.ts";
import { evaluatePacks } from "./evaluate-packs.ts";
import type { Pack } from "./rule.ts";
import type { Verdict } from "./verdict.ts";

/** The verdicts of packs on one person, with what they rest on: `etalon.verdicts/1`. */
export interface Verdicts {
  readonly schema: "etalon.verdicts/1";
  readonly packs: readonly { readonly id: string; readonly version: string }[];
  /** Facts the verdicts rest on, derived ones included, sensitive ones left out; sorted by id. */
  readonly facts: readonly Fact[];
  readonly verdicts: readonly Verdict[];
  /** SHA-256 of the canonical JSON of packs with versions, facts, and each rule's outcome, value and missing facts. */
  readonly digest: string;
}

/**
 * Evaluates every pack of `all` and keeps the verdicts of `asked`: packs derive facts for one another.
 *
 * @param asked ids of packs; when absent, all that the facts open, see {@link Pack}
 */
export function decide(all: readonly Pack[], facts: Facts, asked?: readonly string[]): Verdicts {
  const evaluation = evaluatePacks(all, facts);
  const answered = all.filter((pack) => (asked === undefined ? isOpened(pack, facts) : asked.includes(pack.id)));
  const packs = answered.map(({ id, version }) => ({ id, version }));
  const verdicts = evaluation.verdicts.filter(({ pack }) => packs.some(({ id }) => id === pack));
  const shown = [...evaluation.facts.values()]
    .filter(({ id }) => definitionOf(id).isSensitive !== true)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const digest = sha256Hex(canonicalJson({ packs, facts: shown.map(stripped), verdicts: verdicts.map(outcomeOf) }));
  return { schema: "etalon.verdicts/1", packs, facts: shown, verdicts, digest };
}

/** Whether a pack is answered unasked: one of the facts that it opens with is known, or it names none. */
export function isOpened({ opensWith }: Pack, facts: Facts): boolean {
  return opensWith === undefined || opensWith.some((id) => facts.has(id));
}

/** What a fact says, without where it comes from. */
function stripped({ id, value, unit }: Fact): JsonValue {
  return { id, value, ...(unit === undefined ? {} : { unit }) };
}

/** What a verdict says, in codes; its texts and sources belong to the pack's version. */
function outcomeOf({ rule, outcome, value, missing, needsAgain }: Verdict): JsonValue {
  return {
    rule,
    outcome,
    ...(value === undefined ? {} : { value: { ...value } }),
    ...(missing === undefined ? {} : { missing: [...missing] }),
    ...(needsAgain === undefined ? {} : { needsAgain: [...needsAgain] }),
  };
}
