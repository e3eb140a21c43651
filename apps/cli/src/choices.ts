/** `--choose` options told apart: a UID with a version's hash, or a role with a series. */
export interface Choices {
  readonly versions: ReadonlyMap<string, string>;
  /** Why a version was chosen, by UID: the words after its hash. */
  readonly sources: ReadonlyMap<string, string>;
  readonly roles: Readonly<Record<string, string>>;
}

/**
 * A name made of digits and dots is a UID, and its value a hash, with the reason after a blank where there is one; any
 * other name is a role, and its value a series.
 */
export function readChoices(pairs: readonly (readonly [string, string])[]): Choices {
  const versions = new Map<string, string>();
  const sources = new Map<string, string>();
  const roles: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (!/^[0-9.]+$/.test(name)) {
      roles[name] = value;
      continue;
    }
    const [hash = "", ...reason] = value.trim().split(/\s+/);
    versions.set(name, hash.toLowerCase());
    if (reason.length > 0) sources.set(name, reason.join(" "));
  }
  return { versions, sources, roles };
}
