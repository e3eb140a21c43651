/** Bytes written one after the other. */
export interface ByteChunks {
  readonly append: (bytes: Uint8Array) => void;
  /** Bytes so far. */
  readonly length: () => number;
  /** All of them in one array. */
  readonly join: () => Uint8Array;
}

/** An empty run of bytes. */
export function byteChunks(): ByteChunks {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return {
    append: (bytes) => {
      chunks.push(bytes);
      length += bytes.length;
    },
    length: () => length,
    join: () => {
      const joined = new Uint8Array(length);
      let at = 0;
      for (const chunk of chunks) {
        joined.set(chunk, at);
        at += chunk.length;
      }
      return joined;
    },
  };
}
