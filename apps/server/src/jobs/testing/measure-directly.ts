import { bytesSource } from "@etalon/dicom";
import { catalog, type Result, runProtocol } from "@etalon/measure";
import { buildLedger, createFrameReader, receiveSource } from "@etalon/volume";
import type { SmallPhantom } from "./small-phantom.ts";

/** The calcium score of files as measuring them without a server gives it. */
export async function measureDirectly({ files }: SmallPhantom): Promise<Result> {
  const sources = files.map(({ name, bytes }) => bytesSource(name, bytes));
  const received = await Promise.all(sources.map((source) => receiveSource(source.name, source)));
  const openers = new Map(sources.map((source) => [source.name, async () => source] as const));
  const protocol = catalog.find(({ id }) => id === "coronary/calcium-score");
  if (protocol === undefined) throw new Error("the catalogue lacks the calcium score");
  return runProtocol({
    ...{ protocol, ledger: buildLedger(received, new Map()), readFrame: createFrameReader(openers) },
    ...{ marks: null, overrides: {}, numbers: {}, roleChoices: {}, versionChoices: new Map() },
    build: { etalon: "test", engine: "test" },
  });
}
