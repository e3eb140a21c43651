import type { PersonName } from "@etalon/dicom";

/**
 * A person name as people read it: prefix, given, middle, family, suffix ("Dr Anne-Françoise Gaëlle Lefèvre-Desnoyers"),
 * followed by the ideographic group, whose family name comes first as it is written (PS3.5 section 6.2.1). Letters are left
 * as they are; empty when nothing is said.
 */
export function readableName({ Alphabetic = "", Ideographic = "", Phonetic = "" }: PersonName): string {
  const [family, given, middle, prefix, suffix] = Alphabetic.split("^").map((part) => part.trim());
  const western = [prefix, given, middle, family, suffix].filter((part) => part !== undefined && part !== "").join(" ");
  const eastern = Ideographic.split("^")
    .filter((part) => part !== "")
    .join(" ");
  if (western === "") return eastern === "" ? Phonetic.split("^").join(" ").trim() : eastern;
  return eastern === "" ? western : `${western} (${eastern})`;
}
