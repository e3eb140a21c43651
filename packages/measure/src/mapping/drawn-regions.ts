import type { DrawnStructure } from "../protocol.ts";

/** What a reader may draw on the images of a map: statistics are given of each. */
export function drawnRegions(role: string): readonly DrawnStructure[] {
  return [
    { label: "septum", title: { en: "Septum", fr: "Septum" }, roles: [role] },
    { label: "region", title: { en: "Region", fr: "Région" }, roles: [role] },
    { label: "region-2", title: { en: "Second region", fr: "Deuxième région" }, roles: [role] },
  ];
}
