import { EtalonError } from "@etalon/base";
import { type DataSet, readPart10 } from "@etalon/dicom";
import {
  buildLedger,
  createFrameReader,
  type FrameReader,
  type Ledger,
  type Received,
  type ResearchFileOptions,
  receiveSource,
} from "@etalon/volume";
import { say, type Terminal } from "../terminal.ts";
import { expandPaths } from "./expand-paths.ts";
import { createFileOpener } from "./file-source.ts";
import type { Readable } from "./readable.ts";

/** A study that was read: what was received, and how to read its pixels. */
export interface ReadStudy {
  readonly received: readonly Received[];
  readonly ledger: Ledger;
  readonly readFrame: FrameReader;
  /** The header of one of the files received, by its path. */
  readonly readHeader: (path: string) => Promise<DataSet>;
}

/** How a study is read. */
export interface ReadOptions {
  /** Versions chosen among data sets that share a UID. */
  readonly choices: ReadonlyMap<string, string>;
  readonly research?: ResearchFileOptions;
}

/** Files between two lines of progress. */
const PROGRESS_EVERY = 1000;

/**
 * Reads every file that paths name: headers and hashes, no pixels. A broken file stops nothing; its entry in the ledger
 * says why it has no place.
 *
 * @throws {EtalonError} `file-not-found`; `unknown-choice` for a version that was not read; what a DICOMDIR that is none throws
 */
export async function readStudy(
  paths: readonly string[],
  { choices, research }: ReadOptions,
  terminal: Terminal,
): Promise<ReadStudy> {
  const openFile = createFileOpener();
  const files = await expandPaths(paths, openFile, research?.thirdAxis);
  if (files.length > 0)
    say(terminal, { en: `Reading ${files.length} files`, fr: `Lecture de ${files.length} fichiers` });
  const received: Received[] = [];
  for (const file of files) {
    received.push(await receive(file, research));
    if (received.length % PROGRESS_EVERY === 0)
      say(terminal, { en: `  ${received.length} read`, fr: `  ${received.length} lus` });
  }
  const ledger = buildLedger(received, choices);
  if (files.length > 0) sayLedger(ledger, terminal);
  const byPath = new Map(files.map((file) => [file.path, file.open]));
  const readHeader = async (path: string): Promise<DataSet> => {
    const open = byPath.get(path);
    if (open === undefined) throw new EtalonError("file-not-found", { field: path });
    return (await readPart10(await open(), { until: "pixel-data" })).dataSet;
  };
  return { received, ledger, readFrame: createFrameReader(byPath), readHeader };
}

async function receive(file: Readable, research: ResearchFileOptions | undefined): Promise<Received> {
  try {
    return await receiveSource(file.path, await file.open(), research);
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    const details = { ...error.details, reason: String(error.received ?? error.message) };
    return { path: file.path, sizeBytes: 0, reason: { code: "unreadable", errorCode: error.code, details } };
  }
}

function sayLedger(ledger: Ledger, terminal: Terminal): void {
  const placed = ledger.entries.filter(({ places }) => places.length > 0).length;
  const aside = ledger.entries.length - placed;
  const [stacks, notes] = [ledger.stacks.length, ledger.notes.length];
  say(terminal, {
    en: `Sorted: ${placed} images in stacks: ${stacks}; files left aside: ${aside}; notes: ${notes}`,
    fr: `Tri : ${placed} images ; piles : ${stacks} ; fichiers laissés de côté : ${aside} ; remarques : ${notes}`,
  });
}
