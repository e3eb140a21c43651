import { type ItemMask, type MeasuredCurve, mapNifti, type ParametricMap } from "@etalon/measure";
import {
  buildPatientPage,
  buildReport,
  curvesCsv,
  encapsulatedPdf,
  fhirBundle,
  lesionSegmentation,
  parametricMapObject,
  type ReportInput,
  renderHtml,
  resultCsv,
  secondaryCapture,
  structuredReport,
} from "@etalon/report";
import type { Format } from "./formats.ts";

/** A file ready to be written. */
export interface OutputFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What the documents are made of. */
export interface DocumentSource {
  readonly input: ReportInput;
  /** The voxels of the result's items; `null` where they are none. */
  readonly mask: ItemMask | null;
  readonly maps: readonly ParametricMap[];
  readonly curves: readonly MeasuredCurve[];
  /** Whether the images came from a file whose slices run against the grid's: its maps then run as it does. */
  readonly isReversed: boolean;
}

/**
 * The documents asked for. What depends on the language has it in its name, so that two languages can lie side by side.
 * DICOM objects belong to a study: of a measurement without images there are none.
 */
export async function makeDocuments(
  formats: ReadonlySet<Format>,
  source: DocumentSource,
): Promise<readonly OutputFile[]> {
  const { input, mask } = source;
  const { language, verdicts } = input;
  const hasStudy = (input.sources ?? []).length > 0;
  const files: OutputFile[] = [];
  const add = (name: string, content: string | Uint8Array) => files.push({ name, content });
  if (verdicts !== null) add("verdicts.json", `${JSON.stringify(verdicts, null, 2)}\n`);
  if (formats.has("csv")) add("result.csv", resultCsv(input));
  if (formats.has("csv") && source.curves.length > 0) add("curves.csv", curvesCsv(source.curves));
  const report = buildReport(input);
  if (formats.has("html")) {
    add(`report.${language}.html`, renderHtml(report, language));
    add(`patient.${language}.html`, renderHtml(buildPatientPage(input), language));
  }
  const pdf = formats.has("pdf") ? await pdfOf(input, report) : undefined;
  if (pdf !== undefined) {
    add(`report.${language}.pdf`, pdf.report);
    add(`patient.${language}.pdf`, pdf.patient);
    if (hasStudy) add(`report.${language}.pdf.dcm`, encapsulatedPdf(pdf.report, input).bytes);
  }
  if (formats.has("fhir")) add(`report.${language}.fhir.json`, fhirText(input, pdf?.report));
  files.push(...mapFiles(formats, source));
  if (hasStudy && (formats.has("sr") || formats.has("seg"))) files.push(...dicomFiles(formats, { input, mask }));
  return files;
}

/** Every map as NIfTI; as a Parametric Map those of a quantity, where the images belong to a study. */
function mapFiles(formats: ReadonlySet<Format>, { input, maps, isReversed }: DocumentSource): OutputFile[] {
  const hasStudy = (input.sources ?? []).length > 0;
  const files: OutputFile[] = [];
  for (const [index, map] of maps.entries()) {
    if (formats.has("nifti")) files.push({ name: `${map.id}.nii.gz`, content: mapNifti(map, isReversed) });
    if (formats.has("pm") && hasStudy && map.isQuantity) {
      files.push({ name: `${map.id}.pm.dcm`, content: parametricMapObject(map, input, index + 1).bytes });
    }
  }
  return files;
}

async function pdfOf(
  input: ReportInput,
  report: ReturnType<typeof buildReport>,
): Promise<{ readonly report: Uint8Array; readonly patient: Uint8Array }> {
  // Tens of megabytes of compiler: loaded only for who asks for a PDF.
  const { createPdfRenderer } = await import("@etalon/report/pdf");
  const renderer = await createPdfRenderer();
  return {
    report: renderer.render(report, input.language),
    patient: renderer.render(buildPatientPage(input), input.language),
  };
}

function fhirText(input: ReportInput, pdf: Uint8Array | undefined): string {
  const attachments =
    pdf === undefined
      ? []
      : [{ contentType: "application/pdf" as const, title: input.protocol.title[input.language], bytes: pdf }];
  return `${JSON.stringify(fhirBundle(input, attachments), null, 2)}\n`;
}

function dicomFiles(
  formats: ReadonlySet<Format>,
  { input, mask }: Pick<DocumentSource, "input" | "mask">,
): readonly OutputFile[] {
  const segmentation = mask === null || !formats.has("seg") ? null : lesionSegmentation(input, mask);
  const files: OutputFile[] = segmentation === null ? [] : [{ name: "lesions.seg.dcm", content: segmentation.bytes }];
  if (!formats.has("sr")) return files;
  const report = structuredReport(input, { segmentation });
  const keyImages = input.keyImages.map((image) => ({
    name: `${image.id}.sc.dcm`,
    content: secondaryCapture(image, input).bytes,
  }));
  return [...files, { name: `report.${input.language}.sr.dcm`, content: report.bytes }, ...keyImages];
}
