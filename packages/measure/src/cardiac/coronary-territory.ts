/** The coronary arteries that segments of the left ventricle are counted to, in the order of reports. */
export const coronaryTerritories = ["LAD", "RCA", "LCX"] as const;

/** One of them. */
export type CoronaryTerritory = (typeof coronaryTerritories)[number];

/** Coronary artery that usually supplies a segment of the AHA's model (Cerqueira MD et al., Circulation 2002;105:539-542). */
export function territoryOf(segment: number): CoronaryTerritory {
  if ([1, 2, 7, 8, 13, 14, 17].includes(segment)) return "LAD";
  return [3, 4, 9, 10, 15].includes(segment) ? "RCA" : "LCX";
}
