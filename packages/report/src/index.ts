export { chartSvg } from "./charts/chart-svg.ts";
export { curvesCsv } from "./csv/curves-csv.ts";
export { resultCsv } from "./csv/result-csv.ts";
export type { DicomObject } from "./dicom/dicom-object.ts";
export { encapsulatedPdf } from "./dicom/encapsulated-pdf.ts";
export { type LesionSegmentation, lesionSegmentation } from "./dicom/lesion-segmentation.ts";
export { parametricMapObject } from "./dicom/parametric-map.ts";
export { secondaryCapture } from "./dicom/secondary-capture.ts";
export { type ReportReferences, structuredReport } from "./dicom/structured-report.ts";
export { buildComparison, type ComparisonInput } from "./document/build-comparison.ts";
export { buildReport } from "./document/build-report.ts";
export type {
  Block,
  Card,
  Chart,
  Column,
  Inline,
  Line,
  Origin,
  ReportDocument,
  Section,
  Tone,
} from "./document/document.ts";
export { originId } from "./document/origin-id.ts";
export { buildPatientPage } from "./document/patient/build-patient-page.ts";
export { unmetText } from "./document/unmet-text.ts";
export { verdictCard } from "./document/verdict-card.ts";
export type { ReportAttachment } from "./fhir/diagnostic-report-resource.ts";
export { fhirBundle } from "./fhir/fhir-bundle.ts";
export type { FhirBundle } from "./fhir/fhir-types.ts";
export { gatherReportInput } from "./gather-report-input.ts";
export { headerFacts } from "./header-facts.ts";
export { renderHtml } from "./html/render-html.ts";
export type { KeyImage, ReportInput, SourceInstance } from "./report-input.ts";
export type {
  Addendum,
  ChosenPicture,
  PriorResult,
  ReportReading,
  Signature,
  WrittenSections,
} from "./report-reading.ts";
