import { catalog, type Result, runProtocol } from "@etalon/measure";
import { receiveFiles } from "@etalon/testing";
import { buildLedger } from "@etalon/volume";
import type { SmallPhantom } from "./small-phantom.ts";

/** The calcium score of files as measuring them without a server gives it. */
export async function measureDirectly({ files }: SmallPhantom): Promise<Result> {
  const { received, readFrame } = await receiveFiles(files);
  const protocol = catalog.find(({ id }) => id === "coronary/calcium-score");
  if (protocol === undefined) throw new Error("the catalogue lacks the calcium score");
  return runProtocol({
    ...{ protocol, ledger: buildLedger(received, new Map()), readFrame, marks: null, overrides: {}, numbers: {} },
    ...{ roleChoices: {}, versionChoices: new Map(), build: { etalon: "test", engine: "test" } },
  });
}
