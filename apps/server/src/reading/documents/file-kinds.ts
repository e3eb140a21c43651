/** The documents of a reading, by what the API calls them, with their media types. */
export const fileKinds = {
  "report.pdf": "application/pdf",
  "report.html": "text/html; charset=utf-8",
  "patient.pdf": "application/pdf",
  "patient.html": "text/html; charset=utf-8",
  "report.csv": "text/csv; charset=utf-8",
  "report.fhir.json": "application/fhir+json",
  "report.sr.dcm": "application/dicom",
  "report.seg.dcm": "application/dicom",
  /** The PDF as an instance of the study. */
  "report.pdf.dcm": "application/dicom",
} as const;

/** A document of a reading. */
export type FileKind = keyof typeof fileKinds;
