import { collectFacts, type Facts, factsOfResult } from "@etalon/decide";
import type { StudyContext } from "@etalon/dicom";
import type { Result } from "@etalon/measure";
import { headerFacts } from "@etalon/report";

/**
 * What is known of the person: what was given, what the result says, and what the images' header says.
 *
 * @throws {EtalonError} `contradictory-facts` where two of them disagree: another person's facts, or another study's result
 */
export function gatherFacts(
  given: Facts,
  { result, context }: { readonly result: Result; readonly context: StudyContext },
): Facts {
  return collectFacts([...given.values(), ...factsOfResult(result), ...headerFacts(context)]);
}
