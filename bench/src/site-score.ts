/** What a contender found in one artery. */
export interface SiteScore {
  readonly label: string;
  readonly agatston: number;
  readonly volumeMm3: number;
  /** Σ density × voxel volume over the counted slice-lesions, HU·mm³. */
  readonly densityVolume: number;
  /** 26-connected lesions with a counted slice-lesion. */
  readonly lesions: number;
  /** Counted slice-lesions; a result of the protocol does not say them. */
  readonly sliceLesions?: number;
}

/** A contender's name and what it found. */
export interface NamedScores {
  readonly name: string;
  readonly sites: readonly SiteScore[];
}

/** How far two contenders' sums may lie apart: they add the same numbers in another order. */
const RELATIVE_TOLERANCE = 1e-9;

/** Agatston score over all arteries. */
export function totalAgatston(sites: readonly SiteScore[]): number {
  return sites.reduce((sum, { agatston }) => sum + agatston, 0);
}

/**
 * Fails unless two contenders found the same in every artery, and something at all.
 *
 * @throws {Error} naming the artery, the sum and both values
 */
export function requireEqualScores(first: NamedScores, second: NamedScores): void {
  const byLabel = new Map(second.sites.map((site) => [site.label, site]));
  if (!(totalAgatston(first.sites) > 0) || byLabel.size !== first.sites.length) {
    throw new Error(`${first.name} has ${first.sites.length} arteries, ${second.name} ${byLabel.size}`);
  }
  for (const site of first.sites) {
    const other = byLabel.get(site.label);
    if (other === undefined) throw new Error(`${second.name} has no artery ${site.label}`);
    for (const key of ["agatston", "volumeMm3", "densityVolume", "lesions", "sliceLesions"] as const) {
      const [a, b] = [site[key], other[key]];
      if (a === undefined || b === undefined) continue;
      if (Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b))) continue;
      throw new Error(`${key} of ${site.label}: ${first.name} says ${a}, ${second.name} ${b}`);
    }
  }
}
