import { itemsOf, textsOf } from "./attribute-values.ts";
import type { DataSet } from "./data-set.ts";

/** The files that a DICOMDIR names, relative to its folder, "/" between the parts (PS3.3 annex F, ReferencedFileID). */
export function readDicomdirReferences(dataSet: DataSet): readonly string[] {
  return itemsOf(dataSet, "00041220")
    .map((record) => textsOf(record, "00041500"))
    .filter((parts) => parts.length > 0)
    .map((parts) => parts.join("/"));
}
