/**
 * Paths of files in a package, as DICOM media asks (PS3.10 section 8.2): eight characters a part, folders for studies and
 * series in the order in which their files come.
 */
export interface FilePaths {
  /** "DICOM", "ST000001", "SE000001", "IM000001". */
  next(instance: { readonly studyInstanceUid: string; readonly seriesInstanceUid: string }): readonly string[];
}

/** Begins at the first study. */
export function createFilePaths(): FilePaths {
  const studies = new Map<string, number>();
  const series = new Map<string, { readonly number: number; files: number }>();
  const seriesOfStudy = new Map<string, number>();
  return {
    next: ({ studyInstanceUid, seriesInstanceUid }) => {
      const study = studies.get(studyInstanceUid) ?? studies.size + 1;
      studies.set(studyInstanceUid, study);
      const key = `${studyInstanceUid}\\${seriesInstanceUid}`;
      const known = series.get(key) ?? { number: (seriesOfStudy.get(studyInstanceUid) ?? 0) + 1, files: 0 };
      if (known.files === 0) {
        series.set(key, known);
        seriesOfStudy.set(studyInstanceUid, known.number);
      }
      known.files += 1;
      return ["DICOM", part("ST", study), part("SE", known.number), part("IM", known.files)];
    },
  };
}

function part(letters: string, number: number): string {
  return `${letters}${String(number).padStart(6, "0")}`;
}
