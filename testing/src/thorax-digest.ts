import { parseMarks, type Result } from "@etalon/measure";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import { receivePhantom, scorePhantom } from "./score-phantom.ts";

/**
 * Builds a thorax phantom in memory and scores it with its own marks: the whole road from bytes to number, in whatever
 * engine this runs.
 */
export async function thoraxResult(): Promise<Result> {
  const phantom = buildThoraxPhantom({ ...thoraxPhantomDefaults, seed: 7 });
  const result = await scorePhantom(await receivePhantom(phantom), parseMarks(phantom.marks));
  if (result.outputs.length === 0) throw new Error("the phantom gave no output");
  return result;
}

/** The digest of {@link thoraxResult}. */
export async function thoraxDigest(): Promise<string> {
  return (await thoraxResult()).digest;
}
