import { type FileHandle, open } from "node:fs/promises";

/** Writes a new file from its start to its end. */
export interface FileWriter {
  /**
   * Takes what comes next; settles when more may come, which is before it is written. At most one call's bytes wait.
   *
   * @throws what an earlier write threw
   */
  write(pieces: readonly Uint8Array[]): Promise<void>;
  /** Settles when everything is on the disk. */
  sync(): Promise<void>;
  /** Closes the file once all that was begun is done; never throws. */
  end(): Promise<void>;
}

/** Makes the file of a path that nobody has; its writing goes on beside whoever brings the bytes. */
export function createFileWriter(path: string): FileWriter {
  const opening = open(path, "wx", 0o600);
  let writing = opening.then(() => {});
  // Told by the next call.
  writing.catch(() => {});
  return {
    write: async (pieces) => {
      await writing;
      const handle = await opening;
      writing = writePieces(handle, pieces);
      writing.catch(() => {});
    },
    sync: async () => {
      await writing;
      await (await opening).sync();
    },
    end: async () => {
      await writing.catch(() => {});
      await opening.then((handle) => handle.close()).catch(() => {});
    },
  };
}

async function writePieces(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  if (pieces.length === 0) return;
  let { bytesWritten } = await handle.writev(pieces);
  // A disk that gets full writes a part first, and says so at the next write.
  for (const piece of pieces) {
    if (bytesWritten >= piece.length) {
      bytesWritten -= piece.length;
      continue;
    }
    while (bytesWritten < piece.length) bytesWritten += (await handle.write(piece, bytesWritten)).bytesWritten;
    bytesWritten = 0;
  }
}
