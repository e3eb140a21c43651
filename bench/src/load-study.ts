import type { SeriesInput } from "@etalon/measure";
import { loadVolume } from "@etalon/volume";
import { readStudy } from "../../apps/cli/src/sources/read-study.ts";

/** Loads the one stack of a folder into memory, as `etalon analyze` does. */
export async function loadStudy(folder: string): Promise<SeriesInput> {
  const quiet = { language: "en", isJson: true, out: () => {}, err: () => {} } as const;
  const { ledger, readFrame } = await readStudy([folder], { choices: new Map() }, quiet);
  const [stack, ...others] = ledger.stacks;
  if (stack === undefined || others.length > 0)
    throw new Error(`${folder} has ${ledger.stacks.length} stacks, not one`);
  const notes = ledger.notes.filter(({ stackId }) => stackId === stack.id);
  return { volume: await loadVolume(stack, { readFrame, unit: "[hnsf'U]" }), stack, notes };
}
