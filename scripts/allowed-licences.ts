/**
 * Licences under which a shipped part may be: all let it be used, changed and passed on with a notice, also within a product
 * under another licence. Copyleft is not among them. A new one is a decision, written down here.
 */
const allowed: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ICU",
  "IJG",
  "ISC",
  "MIT",
  "OFL-1.1",
  "OpenSSL",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/**
 * Packages whose licence no list names, read by people: what it asks for is in docs/decisions/0007. Two are build tools that
 * `@kitware/vtk.js` installs and the page does not hold: a table under CC-BY-4.0, and one whose manifest has MIT in an old form.
 */
const readByPeople: ReadonlyMap<string, string> = new Map([
  ["@lhncbc/ucum-lhc", "SEE LICENSE IN LICENSE.md"],
  ["caniuse-lite", "CC-BY-4.0"],
  ["rechoir", "none stated"],
]);

/** Whether a shipped part may be under a licence: of a choice one must be allowed, of several together all. */
export function isAllowed({ name, license }: { readonly name: string; readonly license: string }): boolean {
  if (readByPeople.get(name) === license) return true;
  const choices = license.replaceAll(/[()]/g, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((each) => allowed.has(each)));
}
