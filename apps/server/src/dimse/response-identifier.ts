import { type DataSet, type Element, textsOf } from "@etalon/dicom";
import type { QueryRetrieveRequest } from "@etalon/dicom/network";
import { isPatientAttribute } from "./patient-attributes.ts";

/** Character sets that answers can be written in as they are asked for; others are answered in UTF-8. */
const writtenSets: ReadonlySet<string> = new Set(["ISO_IR 100", "ISO_IR 192"]);

function code(value: string): Element {
  return { vr: "CS", Value: [value] };
}

/**
 * The identifier of one match (PS3.4 section C.4.1.1.3.2): what was asked for and the archive keeps at this level, and where
 * it can be retrieved from.
 *
 * @param aeTitle of the archive
 */
export function responseIdentifier(
  match: DataSet,
  { level, identifier }: Pick<QueryRetrieveRequest, "level" | "identifier">,
  aeTitle: string,
): DataSet {
  const asked = Object.keys(identifier).filter((tag) => level !== "patient" || isPatientAttribute(tag));
  const [set = "", ...others] = textsOf(identifier, "00080005");
  return {
    ...Object.fromEntries(asked.flatMap((tag) => (match[tag] === undefined ? [] : [[tag, match[tag]]]))),
    "00080005": code(others.length === 0 && writtenSets.has(set) ? set : "ISO_IR 192"),
    "00080052": code(level.toUpperCase()),
    "00080054": { vr: "AE", Value: [aeTitle] },
    "00080056": code("ONLINE"),
  };
}
