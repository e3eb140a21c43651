import { catalog, type ReplaySources, type Result, type Verdict, verifyResult } from "@etalon/measure";
import { buildLedger } from "@etalon/volume";
import type { ReceivedFiles } from "./receive-in-memory.ts";

/** Replays a result on what was received, as the command line does. */
export function verifyStudy(
  result: Result,
  { received, readFrame }: ReceivedFiles,
  sources: Partial<ReplaySources> = {},
): Promise<Verdict> {
  const instances = received.flatMap((item) => ("header" in item ? [item] : []));
  return verifyResult(result, {
    catalog,
    received: instances.map(({ header, dataSetSha256 }) => ({
      uid: header.sopInstanceUid,
      seriesUid: header.seriesInstanceUid,
      dataSetSha256,
    })),
    ledgerOf: (hashes, choices) =>
      buildLedger(
        received.filter((item) => ("header" in item ? hashes.has(item.dataSetSha256) : "sideFile" in item)),
        choices,
      ),
    readFrame,
    build: { etalon: "test", engine: "test" },
    ...sources,
  });
}
