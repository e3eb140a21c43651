/** `--choose` options told apart: a UID with a version's hash, or a role with a series. */
export interface Choices {
  readonly versions: ReadonlyMap<string, string>;
  readonly roles: Readonly<Record<string, string>>;
}

/** A name made of digits and dots is a UID, and its value a hash; any other name is a role, and its value a series. */
export function readChoices(pairs: readonly (readonly [string, string])[]): Choices {
  const versions = new Map<string, string>();
  const roles: Record<string, string> = {};
  for (const [name, value] of pairs) {
    if (/^[0-9.]+$/.test(name)) versions.set(name, value.toLowerCase());
    else roles[name] = value;
  }
  return { versions, roles };
}
