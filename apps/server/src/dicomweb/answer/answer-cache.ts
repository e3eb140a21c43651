/** Bodies of answers that were given lately, by their entity tags. */
export interface AnswerCache {
  readonly get: (tag: string) => Uint8Array | undefined;
  /** Keeps a body that `tag` names exactly; one too long for the cache is left out. */
  readonly set: (tag: string, body: Uint8Array) => void;
}

/** A cache of at most `mostBytes`; what was asked for longest ago goes first. One body may take a quarter of it. */
export function createAnswerCache(mostBytes: number): AnswerCache {
  const kept = new Map<string, Uint8Array>();
  let bytes = 0;

  function remove(tag: string): Uint8Array | undefined {
    const body = kept.get(tag);
    kept.delete(tag);
    bytes -= body?.length ?? 0;
    return body;
  }

  function add(tag: string, body: Uint8Array): void {
    kept.set(tag, body);
    bytes += body.length;
  }

  return {
    get: (tag) => {
      const body = remove(tag);
      if (body !== undefined) add(tag, body);
      return body;
    },
    set: (tag, body) => {
      remove(tag);
      if (body.length > mostBytes / 4) return;
      add(tag, body);
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        remove(oldest);
      }
    },
  };
}
