import type { Text } from "@etalon/base";
import { definitionOf, isFactId, type Verdict } from "@etalon/decide";
import type { Line } from "./document.ts";
import { joined, literal, strong, textOf, words } from "./inline.ts";

/** "applies", "does not apply", "undetermined: needs the bleeding risk". */
export function outcomeLine({ outcome, missing }: Verdict): Line {
  if (outcome === "applies") return [strong({ en: "Applies", fr: "S'applique" })];
  if (outcome === "does-not") return [strong({ en: "Does not apply", fr: "Ne s'applique pas" })];
  const needs = missing ?? [];
  const heading = strong({ en: "Undetermined", fr: "Indéterminé" });
  if (needs.length === 0) return [heading];
  return [heading, words(": needs ", " : il manque "), ...factTitles(needs)];
}

/** The titles of facts, one after another. */
export function factTitles(ids: readonly string[]): Line {
  return joined(
    ids.map((id) => [isFactId(id) ? textOf(lowered(definitionOf(id).title)) : literal(id)]),
    words("; ", " ; "),
  );
}

/** A title within a sentence; acronyms stay as they are. */
function lowered({ en, fr }: Text): Text {
  const lower = (title: string) => (/^.\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title);
  return { en: lower(en), fr: lower(fr) };
}
