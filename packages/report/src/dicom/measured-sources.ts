import type { KeywordRecord } from "@etalon/dicom";
import type { ReportInput, SourceInstance } from "../report-input.ts";
import type { DicomObject } from "./dicom-object.ts";

/** The images that a result was measured on, each once, by series and UID, whatever the order they were given in. */
export function measuredSources({ result, sources }: ReportInput): SourceInstance[] {
  const measured = new Set(result.recipe.inputs.map(({ uid }) => uid));
  const known = new Map((sources ?? []).map((source) => [source.sopInstanceUid, source]));
  return [...known.values()]
    .filter(({ sopInstanceUid }) => measured.has(sopInstanceUid))
    .sort((a, b) => compare(a.seriesInstanceUid, b.seriesInstanceUid) || compare(a.sopInstanceUid, b.sopInstanceUid));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A reference to one instance (PS3.3 table 10-11). */
export function sopReference({
  sopClassUid,
  sopInstanceUid,
}: Pick<SourceInstance, "sopClassUid" | "sopInstanceUid">): KeywordRecord {
  return { ReferencedSOPClassUID: sopClassUid, ReferencedSOPInstanceUID: sopInstanceUid };
}

/** Instances grouped by series, in the order given. */
export function bySeries<T extends Pick<SourceInstance, "seriesInstanceUid">>(
  instances: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const instance of instances) {
    const group = groups.get(instance.seriesInstanceUid);
    if (group === undefined) groups.set(instance.seriesInstanceUid, [instance]);
    else group.push(instance);
  }
  return groups;
}

/** The item of an evidence sequence: everything that a document refers to, in its study (PS3.3 table C.17-3). */
export function evidenceItem(
  studyInstanceUid: string,
  instances: readonly (SourceInstance | Omit<DicomObject, "bytes">)[],
): KeywordRecord {
  return {
    ReferencedSeriesSequence: [...bySeries(instances)].map(([seriesInstanceUid, ofSeries]) => ({
      ReferencedSOPSequence: ofSeries.map(sopReference),
      SeriesInstanceUID: seriesInstanceUid,
    })),
    StudyInstanceUID: studyInstanceUid,
  };
}
