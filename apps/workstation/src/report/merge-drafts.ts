import type { Region } from "@etalon/measure";
import type { ReadingDraft } from "../marks/reading-draft.ts";

/**
 * Two drafts that were made from one: what only one of them changed is taken from that one; what both changed comes from
 * `mine`, but for regions, facts, pictures and measurements, of which none that either added is left out.
 */
export function mergeDrafts(base: ReadingDraft, mine: ReadingDraft, theirs: ReadingDraft): ReadingDraft {
  const pick = <K extends keyof ReadingDraft>(key: K): ReadingDraft[K] =>
    isSame(mine[key], base[key]) ? theirs[key] : mine[key];
  const added = <T>(own: readonly T[], other: readonly T[], keyOf: (one: T) => string): readonly T[] => {
    const known = new Set(own.map(keyOf));
    return [...own, ...other.filter((one) => !known.has(keyOf(one)))];
  };
  const areBothChanged = (key: keyof ReadingDraft): boolean =>
    !isSame(mine[key], base[key]) && !isSame(theirs[key], base[key]);
  const { regions } = mine;
  return {
    regions:
      areBothChanged("regions") && regions !== null && theirs.regions !== null
        ? withOwnIds(added(regions, theirs.regions, ({ shape }) => JSON.stringify(shape)))
        : pick("regions"),
    parameters: areBothChanged("parameters") ? { ...theirs.parameters, ...mine.parameters } : pick("parameters"),
    numbers: areBothChanged("numbers") ? { ...theirs.numbers, ...mine.numbers } : pick("numbers"),
    roles: areBothChanged("roles") ? { ...theirs.roles, ...mine.roles } : pick("roles"),
    facts: areBothChanged("facts") ? added(mine.facts, theirs.facts, ({ id }) => id) : pick("facts"),
    sections: areBothChanged("sections")
      ? { en: { ...theirs.sections.en, ...mine.sections.en }, fr: { ...theirs.sections.fr, ...mine.sections.fr } }
      : pick("sections"),
    keyImages: areBothChanged("keyImages")
      ? added(mine.keyImages, theirs.keyImages, ({ sopInstanceUid, frame }) => `${sopInstanceUid}/${frame}`)
      : pick("keyImages"),
    measurements: areBothChanged("measurements")
      ? added(mine.measurements, theirs.measurements, ({ id }) => id)
      : pick("measurements"),
    language: pick("language"),
  };
}

/** Two readers name their regions alike: the later of two with one id gets another. */
function withOwnIds(regions: readonly Region[]): readonly Region[] {
  const taken = new Set<string>();
  return regions.map((region) => {
    let { id } = region;
    for (let number = 2; taken.has(id); number++) id = `${region.id}-${number}`;
    taken.add(id);
    return { ...region, id };
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
