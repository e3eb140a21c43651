/** The entries that have a value: an attribute that a file does not say is absent, not `undefined`. */
export type Said<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Drops the entries whose value is `undefined`. */
export function said<T extends object>(entries: T): Said<T> {
  const kept: Said<T> = { ...entries };
  // The type of `kept` is right once the loop has ended.
  for (const key of Object.keys(entries)) {
    if (Reflect.get(kept, key) === undefined) Reflect.deleteProperty(kept, key);
  }
  return kept;
}
