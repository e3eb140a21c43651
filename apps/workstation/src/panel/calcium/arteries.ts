import { excludedLabel } from "./assign-lesion.ts";

/** What a lesion can be given to: the arteries of a score, and none. */
export const arteries = ["LM", "LAD", "LCX", "RCA"] as const;

/** Labels in the order of their keys. */
export const lesionLabels = [...arteries, excludedLabel] as const;

/** Colours that also those tell apart who see no red or no green (Okabe and Ito 2008), bright enough on a scan. */
const colours: Readonly<Record<string, string>> = {
  LM: "#f0e442",
  LAD: "#ff8a3d",
  LCX: "#56b4e9",
  RCA: "#2fd69f",
  [excludedLabel]: "#8d969c",
};

/** The colour of a label; of a region of somebody else's name a violet, of no region white. */
export function arteryColour(label: string | undefined): string {
  return label === undefined ? "#ffffff" : (colours[label] ?? "#d79bff");
}
