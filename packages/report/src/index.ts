export type { KeyImage, ReportInput } from "./report-input.ts";
