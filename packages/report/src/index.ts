export { chartSvg } from "./charts/chart-svg.ts";
export { resultCsv } from "./csv/result-csv.ts";
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
export type { ReportAttachment } from "./fhir/diagnostic-report-resource.ts";
export { fhirBundle } from "./fhir/fhir-bundle.ts";
export type { FhirBundle } from "./fhir/fhir-types.ts";
export { headerFacts } from "./header-facts.ts";
export { renderHtml } from "./html/render-html.ts";
export type { KeyImage, ReportInput } from "./report-input.ts";
