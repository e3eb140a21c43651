/** Blobs that this program is about to index. */
export interface BlobPins {
  readonly hold: (sha256: string) => void;
  /** Says whether nobody else holds the blob. */
  readonly release: (sha256: string) => boolean;
}

/** No blob is held. Several may hold one: the same bytes can come by several connections at once. */
export function createBlobPins(): BlobPins {
  const holders = new Map<string, number>();
  return {
    hold: (sha256) => {
      holders.set(sha256, (holders.get(sha256) ?? 0) + 1);
    },
    release: (sha256) => {
      const left = (holders.get(sha256) ?? 1) - 1;
      if (left > 0) holders.set(sha256, left);
      else holders.delete(sha256);
      return left <= 0;
    },
  };
}
