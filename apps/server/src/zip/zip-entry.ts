/** One file of a ZIP, whose length is known before it is read. */
export interface ZipEntry {
  /** "DICOM/ST000001/IM000001": "/" between folders, at most 65535 bytes of UTF-8. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly open: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** A file of a ZIP that lies in memory. */
export function memoryEntry(name: string, content: Uint8Array | string): ZipEntry {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name,
    sizeBytes: bytes.length,
    open: async function* () {
      yield bytes;
    },
  };
}
