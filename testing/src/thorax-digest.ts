import { bytesSource } from "@etalon/dicom";
import { catalog, parseMarks, type Result, runProtocol } from "@etalon/measure";
import { phantomKinds } from "@etalon/phantom";
import { buildLedger, createFrameReader, type Received, receiveSource } from "@etalon/volume";

/**
 * Builds a thorax phantom in memory and scores it with its own marks: the whole road from bytes to number, in whatever
 * engine this runs.
 */
export async function thoraxResult(): Promise<Result> {
  const kind = phantomKinds.find(({ id }) => id === "thorax");
  const protocol = catalog.find(({ id }) => id === "coronary/calcium-score");
  if (kind === undefined || protocol === undefined) throw new Error("the catalogue lacks the phantom or the protocol");
  const phantom = kind.build({ seed: 7 });
  const files = new Map([...phantom.files].map(({ name, bytes }) => [name, bytesSource(name, bytes)] as const));
  const received: Received[] = [];
  for (const [name, source] of files) received.push(await receiveSource(name, source));
  const noChoices: ReadonlyMap<string, string> = new Map();
  const openers = new Map([...files].map(([name, source]) => [name, () => Promise.resolve(source)] as const));
  const result = await runProtocol({
    protocol,
    ledger: buildLedger(received, noChoices),
    readFrame: createFrameReader(openers),
    marks: parseMarks(phantom.marks),
    overrides: {},
    numbers: {},
    roleChoices: {},
    versionChoices: noChoices,
    build: { etalon: "test", engine: "test" },
  });
  if (result.outputs.length === 0) throw new Error("the phantom gave no output");
  return result;
}

/** The digest of {@link thoraxResult}. */
export async function thoraxDigest(): Promise<string> {
  return (await thoraxResult()).digest;
}
