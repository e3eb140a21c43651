/** The documents of a reading, by what the API calls them, with their media types. */
export const fileKinds = {
  "report.pdf": "application/pdf",
  "report.html": "text/html; charset=utf-8",
  "patient.pdf": "application/pdf",
  "patient.html": "text/html; charset=utf-8",
  "report.csv": "text/csv; charset=utf-8",
  /** The points of the curves that the report draws, of a result that has some. */
  "curves.csv": "text/csv; charset=utf-8",
  "report.fhir.json": "application/fhir+json",
  "report.sr.dcm": "application/dicom",
  "report.seg.dcm": "application/dicom",
  /** The PDF as an instance of the study. */
  "report.pdf.dcm": "application/dicom",
} as const;

/** A map of a quantity as a DICOM Parametric Map, by its name in the result. */
export type MapFileKind = `${string}.pm.dcm`;

/** A document of a reading. */
export type FileKind = keyof typeof fileKinds | MapFileKind;

/** What the Parametric Map of a map is called. */
export function mapFileKind(mapId: string): MapFileKind {
  return `${mapId}.pm.dcm`;
}

/** The media type of a document. */
export function mediaTypeOf(kind: FileKind): string {
  return isFixedKind(kind) ? fileKinds[kind] : "application/dicom";
}

function isFixedKind(kind: FileKind): kind is keyof typeof fileKinds {
  return Object.hasOwn(fileKinds, kind);
}
