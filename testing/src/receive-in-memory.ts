import { bytesSource } from "@etalon/dicom";
import {
  createFrameReader,
  type FrameReader,
  type Received,
  type ResearchFileOptions,
  receiveSource,
} from "@etalon/volume";

/** What was received of some files, and how to read their pixels. */
export interface ReceivedFiles {
  readonly received: readonly Received[];
  readonly readFrame: FrameReader;
}

/** Receives files in memory, in their order, as the command line receives those of a disk. */
export async function receiveFiles(
  files: Iterable<{ readonly name: string; readonly bytes: Uint8Array }>,
  options?: ResearchFileOptions,
): Promise<ReceivedFiles> {
  const received: Received[] = [];
  const openers = new Map<string, () => Promise<ReturnType<typeof bytesSource>>>();
  for (const { name, bytes } of files) {
    const source = bytesSource(name, bytes);
    openers.set(name, async () => source);
    received.push(await receiveSource(name, source, options));
  }
  return { received, readFrame: createFrameReader(openers) };
}
