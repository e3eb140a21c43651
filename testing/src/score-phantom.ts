import { bytesSource } from "@etalon/dicom";
import { catalog, type Marks, type Overrides, type PreparedRun, prepareRun, type Result } from "@etalon/measure";
import type { Phantom } from "@etalon/phantom";
import { buildLedger, createFrameReader, type FrameReader, type Ledger, receiveSource } from "@etalon/volume";

/** A phantom's files, received as any study is. */
export interface ReceivedPhantom {
  readonly ledger: Ledger;
  readonly readFrame: FrameReader;
}

/** Takes in a phantom's files from memory. */
export async function receivePhantom(phantom: Phantom): Promise<ReceivedPhantom> {
  const sources = [...phantom.files].map(({ name, bytes }) => bytesSource(name, bytes));
  const received = await Promise.all(sources.map((source) => receiveSource(source.name, source)));
  const openers = new Map(sources.map((source) => [source.name, () => Promise.resolve(source)] as const));
  return { ledger: buildLedger(received, new Map()), readFrame: createFrameReader(openers) };
}

/** The calcium score of a received phantom, by the road that every result takes. */
export async function scorePhantom(
  study: ReceivedPhantom,
  marks: Marks | null,
  overrides: Overrides = {},
): Promise<Result> {
  return (await prepareScore(study, marks, overrides)).measure();
}

/** The same, loaded and not yet measured. */
export function prepareScore(
  study: ReceivedPhantom,
  marks: Marks | null,
  overrides: Overrides = {},
): Promise<PreparedRun> {
  const protocol = catalog.find(({ id }) => id === "coronary/calcium-score");
  if (protocol === undefined) throw new Error("the catalogue lacks the calcium score");
  return prepareRun({
    protocol,
    ...study,
    marks,
    overrides,
    numbers: {},
    roleChoices: {},
    versionChoices: new Map(),
    build: { etalon: "test", engine: "test" },
  });
}
