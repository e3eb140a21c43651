import { catalog, type Marks, type PreparedRun, parseMarks, prepareRun, type Result } from "@etalon/measure";
import { buildLedger } from "@etalon/volume";
import type { ReceivedFiles } from "./receive-in-memory.ts";

/** What a test asks of a result besides the images. */
export interface Asked {
  /** The calcium score unless said otherwise. */
  readonly protocol?: string;
  /** Regions of `etalon.marks/1`; no marks at all when absent. */
  readonly regions?: readonly unknown[];
  /** A whole marks document instead. */
  readonly marks?: unknown;
  readonly overrides?: Readonly<Record<string, string | number>>;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly roleChoices?: Readonly<Record<string, string>>;
  readonly versionChoices?: ReadonlyMap<string, string>;
  readonly build?: Result["build"];
}

/** A result of what was received, by the road that every result takes. */
export async function runStudy(files: ReceivedFiles, asked: Asked = {}): Promise<Result> {
  return (await prepareStudy(files, asked)).measure();
}

/** A run of what was received: its result, and the maps beside it. */
export function prepareStudy({ received, readFrame }: ReceivedFiles, asked: Asked = {}): Promise<PreparedRun> {
  const id = asked.protocol ?? "coronary/calcium-score";
  const protocol = catalog.find((candidate) => candidate.id === id);
  if (protocol === undefined) throw new Error(`the catalogue lacks ${id}`);
  const versionChoices = asked.versionChoices ?? new Map();
  return prepareRun({
    protocol,
    ledger: buildLedger(received, versionChoices),
    readFrame,
    marks: marksOf(asked),
    overrides: asked.overrides ?? {},
    numbers: asked.numbers ?? {},
    roleChoices: asked.roleChoices ?? {},
    versionChoices,
    build: asked.build ?? { etalon: "test", engine: "test" },
  });
}

function marksOf({ marks, regions }: Asked): Marks | null {
  if (marks !== undefined) return parseMarks(marks);
  return regions === undefined ? null : parseMarks({ schema: "etalon.marks/1", regions });
}
