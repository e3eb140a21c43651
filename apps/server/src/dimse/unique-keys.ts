import { type DataSet, textsOf } from "@etalon/dicom";
import {
  DimseError,
  dimseStatus,
  type InformationModel,
  type QueryRetrieveLevel,
  type QueryRetrieveRequest,
} from "@etalon/dicom/network";

/** The unique key of each level (PS3.4 tables C.6-1, C.6-2, C.6-3 and C.6-4). */
export const uniqueKeys: Readonly<Record<QueryRetrieveLevel, string>> = {
  patient: "00100020",
  study: "0020000D",
  series: "0020000E",
  image: "00080018",
};

const levelsFromTop: Readonly<Record<InformationModel, readonly QueryRetrieveLevel[]>> = {
  "patient-root": ["patient", "study", "series", "image"],
  "study-root": ["study", "series", "image"],
};

/** The values of a level's unique key that are any. */
export function uniqueValues(identifier: DataSet, level: QueryRetrieveLevel): readonly string[] {
  return textsOf(identifier, uniqueKeys[level]).filter((value) => value !== "");
}

/**
 * Checks that one value of each unique key above the level says where to search, as the hierarchical method has it
 * (PS3.4 sections C.4.1.2.1 and C.4.2.2.1).
 *
 * @throws DimseError A900H with the keys that are missing, or that ask for more than one
 */
export function checkKeysAbove({
  model,
  level,
  identifier,
}: Pick<QueryRetrieveRequest, "model" | "level" | "identifier">): void {
  const levels = levelsFromTop[model];
  const wrong = levels.slice(0, levels.indexOf(level)).filter((above) => {
    const values = uniqueValues(identifier, above);
    return (
      values.length !== 1 || /^[*?]*$/.test(values[0] ?? "") || (above !== "patient" && /[*?]/.test(values[0] ?? ""))
    );
  });
  if (wrong.length === 0) return;
  throw new DimseError(
    dimseStatus.doesNotMatchSopClass,
    "needs one value of each unique key above the level",
    wrong.map((above) => uniqueKeys[above]),
  );
}

/** Checks that a retrieve says what of its level it wants (PS3.4 section C.4.2.1.4). @throws DimseError A900H */
export function checkKeyOf({ level, identifier }: Pick<QueryRetrieveRequest, "level" | "identifier">): void {
  if (uniqueValues(identifier, level).length > 0) return;
  throw new DimseError(dimseStatus.doesNotMatchSopClass, "needs the unique key of its level", [uniqueKeys[level]]);
}
