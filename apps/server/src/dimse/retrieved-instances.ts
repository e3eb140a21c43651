import { textOf } from "@etalon/dicom";
import type { QueryRetrieveRequest } from "@etalon/dicom/network";
import type { StoredInstance } from "../archive/archive.ts";
import type { MatchingKey } from "../archive/query.ts";
import type { DimseContext } from "./dimse-context.ts";
import { readExtended } from "./extended-negotiation.ts";
import { checkKeyOf, checkKeysAbove, uniqueKeys, uniqueValues } from "./unique-keys.ts";

const studiesAtOnce = 1000;

/**
 * What a C-MOVE or C-GET asks for (PS3.4 section C.4.2.1.4): the current versions, study by study, by series and instance
 * number.
 *
 * @throws DimseError A900H where unique keys are missing
 */
export async function retrievedInstances(
  context: Pick<DimseContext, "archive" | "scopeOf">,
  request: QueryRetrieveRequest,
): Promise<readonly StoredInstance[]> {
  const { level, identifier, peer } = request;
  checkKeyOf(request);
  if (!readExtended(request.extended).isRelational) checkKeysAbove(request);
  const series = uniqueValues(identifier, "series");
  const images = uniqueValues(identifier, "image");
  const [onlySeries] = series.length === 1 ? series : [];
  const inSeries = new Set(level === "series" || level === "image" ? series : []);
  const ofImages = new Set(level === "image" ? images : []);
  const found: StoredInstance[] = [];
  for (const studyInstanceUid of await studiesOf(context, request)) {
    const selector = { studyInstanceUid, ...(onlySeries === undefined ? {} : { seriesInstanceUid: onlySeries }) };
    const instances = await context.archive.instances(
      context.scopeOf(peer),
      inSeries.size > 0 ? selector : { studyInstanceUid },
    );
    for (const one of instances) {
      const isAsked =
        (inSeries.size === 0 || inSeries.has(one.seriesInstanceUid)) &&
        (ofImages.size === 0 || ofImages.has(one.sopInstanceUid));
      if (isAsked) found.push(one);
    }
  }
  return found;
}

/** The studies in which it lies: those named, of the patient named where there is one. */
async function studiesOf(
  { archive, scopeOf }: Pick<DimseContext, "archive" | "scopeOf">,
  { model, identifier, peer }: QueryRetrieveRequest,
): Promise<ReadonlySet<string>> {
  const studies = uniqueValues(identifier, "study");
  const [patientId] = model === "patient-root" ? uniqueValues(identifier, "patient") : [];
  if (patientId === undefined && studies.length > 0) return new Set(studies);
  const levels = ["patient", "study", "series", "image"] as const;
  const keys = levels.flatMap((level): MatchingKey[] => {
    const values = uniqueValues(identifier, level);
    const isKey = values.length > 0 && (level !== "patient" || patientId !== undefined);
    return isKey ? [{ path: uniqueKeys[level], value: values.join("\\") }] : [];
  });
  const query = { level: "study", keys, includeFields: [], isFuzzy: false, limit: studiesAtOnce } as const;
  const found = new Set<string>();
  for (let offset = 0; ; offset += studiesAtOnce) {
    const { matches } = await archive.search(scopeOf(peer), { ...query, offset });
    for (const match of matches) {
      // A patient ID may hold a "?", which a search takes for any letter.
      const isAsked = patientId === undefined || textOf(match, uniqueKeys.patient) === patientId;
      const uid = textOf(match, uniqueKeys.study);
      if (isAsked && uid !== undefined) found.add(uid);
    }
    if (matches.length < studiesAtOnce) return found;
  }
}
