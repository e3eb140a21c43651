import { type ByteSource, bytesSource } from "@etalon/dicom";
import { type Received, receiveSource } from "@etalon/volume";
import type { ImageSource } from "./measuring-messages.ts";

/** Objects that were read, each once. */
export interface ImageShelf {
  /** Reads those that are not there yet, several at a time. @throws what reading throws */
  readonly read: (
    sources: readonly ImageSource[],
    onRead: (done: number, total: number) => void,
  ) => Promise<readonly Received[]>;
  readonly openers: ReadonlyMap<string, () => Promise<ByteSource>>;
}

/** Objects that are asked for at once. */
const atOnce = 6;

/** Keeps the stored bytes of objects: what is hashed and measured is what the archive holds. */
export function createImageShelf(): ImageShelf {
  const received = new Map<string, Received>();
  const openers = new Map<string, () => Promise<ByteSource>>();
  const readOne = async ({ path, from, headers }: ImageSource): Promise<void> => {
    if (received.has(path)) return;
    const source = bytesSource(path, await bytesOf(from, headers));
    openers.set(path, () => Promise.resolve(source));
    received.set(path, await receiveSource(path, source));
  };
  return {
    openers,
    read: async (sources, onRead) => {
      const waiting = sources.filter(({ path }) => !received.has(path)).values();
      let done = sources.filter(({ path }) => received.has(path)).length;
      const work = async (): Promise<void> => {
        for (const source of waiting) {
          await readOne(source);
          done += 1;
          onRead(done, sources.length);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return sources.flatMap(({ path }) => received.get(path) ?? []);
    },
  };
}

async function bytesOf(from: string | Blob, said: ImageSource["headers"]): Promise<Uint8Array> {
  if (typeof from !== "string") return new Uint8Array(await from.arrayBuffer());
  const headers = { ...said, accept: "application/dicom; transfer-syntax=*" };
  const answer = await fetch(from, { headers, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
