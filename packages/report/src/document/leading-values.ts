import type { Verdict, Verdicts } from "@etalon/decide";
import type { Result } from "@etalon/measure";

type Output = Result["outputs"][number];

/** The total that a protocol is named for: the first of its outputs. */
export function leadingTotal({ outputs }: Result): Output | undefined {
  return outputs.find(({ site, item }) => site === undefined && item === undefined);
}

/** The verdict of a pack that applies and gives a number under a key. */
export function verdictGiving(verdicts: Verdicts | null, pack: string, key: string): Verdict | undefined {
  return verdicts?.verdicts.find(
    (verdict) => verdict.pack === pack && verdict.outcome === "applies" && typeof verdict.value?.[key] === "number",
  );
}
