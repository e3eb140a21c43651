import type { Text } from "@etalon/base";
import type { Verdicts } from "./engine/decide.ts";
import type { Verdict } from "./engine/verdict.ts";
import { type DeskDiagnosis, type DeskWeight, deskDiagnoses, deskLineOf } from "./packs/minoca-desk/desk-line.ts";
import { minocaDesk } from "./packs/minoca-desk/pack.ts";

/** One diagnosis of the desk: what supports it, what speaks against it, and what could still do either. */
export interface DeskColumn {
  readonly diagnosis: DeskDiagnosis;
  readonly title: Text;
  readonly supports: readonly Verdict[];
  readonly against: readonly Verdict[];
  /** Facts that could still support it or speak against it, each once; ids as in the catalogue of facts. */
  readonly missingFacts: readonly string[];
}

/** The verdicts of the MINOCA desk as a person compares them. */
export interface MinocaDesk {
  /** `open`: arteries known without obstruction; `closed`: one is obstructed; `undetermined`: not known, nothing is compared. */
  readonly gate: "open" | "closed" | "undetermined";
  readonly gateVerdict: Verdict;
  /** In a fixed order: the desk ranks nothing. Without findings unless the gate is open. */
  readonly columns: readonly DeskColumn[];
  /** Sequences that nobody has read, and an MR that came late. */
  readonly missing: readonly Verdict[];
}

/** The desk among verdicts; `null` where it was not asked. */
export function minocaDeskOf({ verdicts }: Pick<Verdicts, "verdicts">): MinocaDesk | null {
  const own = new Map(verdicts.filter(({ pack }) => pack === minocaDesk.id).map((verdict) => [verdict.rule, verdict]));
  const gateVerdict = own.get("minoca-desk/gate");
  if (gateVerdict === undefined) return null;
  const gate = gateOf(gateVerdict);
  const lines = minocaDesk.rules.flatMap((rule) => {
    const line = deskLineOf(rule);
    const verdict = own.get(rule.id);
    return line === undefined || verdict === undefined ? [] : [{ ...line, verdict }];
  });
  const isOpen = gate === "open";
  const named = (diagnosis: DeskDiagnosis, weight: DeskWeight): readonly Verdict[] =>
    lines
      .filter((line) => isOpen && line.diagnosis === diagnosis && line.weight === weight)
      .flatMap(({ verdict }) => (verdict.outcome === "applies" ? [verdict] : []));
  return {
    ...{ gate, gateVerdict },
    columns: (["myocarditis", "infarct", "takotsubo"] as const).map((diagnosis) => {
      const undetermined = lines.filter(
        (line) => isOpen && line.diagnosis === diagnosis && line.verdict.outcome === "undetermined",
      );
      return {
        ...{ diagnosis, title: deskDiagnoses[diagnosis] },
        supports: named(diagnosis, "supports"),
        against: named(diagnosis, "against"),
        missingFacts: [...new Set(undetermined.flatMap(({ verdict }) => verdict.missing ?? []))],
      };
    }),
    missing: [...own.values()].filter(({ rule, outcome }) => outcome === "applies" && isAboutTheMr(rule)),
  };
}

function gateOf({ outcome }: Verdict): MinocaDesk["gate"] {
  if (outcome === "applies") return "open";
  return outcome === "does-not" ? "closed" : "undetermined";
}

function isAboutTheMr(rule: string): boolean {
  return rule.startsWith("minoca-desk/missing-") || rule === "minoca-desk/timing";
}
