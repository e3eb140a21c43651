import { EtalonError, type Language } from "@etalon/base";
import { catalog } from "@etalon/measure";
import {
  buildPatientPage,
  buildReport,
  curvesCsv,
  encapsulatedPdf,
  fhirBundle,
  parametricMapObject,
  type ReportDocument,
  type ReportInput,
  renderHtml,
  resultCsv,
  structuredReport,
} from "@etalon/report";
import type { PdfRenderer } from "@etalon/report/pdf";
import type { NumberedMap } from "../../results/result-maps.ts";
import type { DocumentTask, MadeFile, WantedFile } from "./document-messages.ts";
import type { DocumentSource } from "./document-source.ts";
import { type MapFileKind, mapFileKind } from "./file-kinds.ts";

/** Opens the renderer of PDFs once one is needed: tens of megabytes. */
export type OpenRenderer = () => Promise<PdfRenderer>;

type Content = Pick<MadeFile, "bytes" | "object">;

/**
 * The documents of a reading, each a rendering of the same source. A PDF is made once for all that it is part of.
 *
 * @throws {EtalonError} as `PdfRenderer.render`, `fhirBundle`; `unknown-name` for a protocol that the catalogue lacks,
 *   `result-not-found` for a map, or curves, that the result lacks
 */
export async function makeDocuments(
  { source, wanted, maps = [] }: DocumentTask,
  openRenderer: OpenRenderer,
): Promise<readonly MadeFile[]> {
  const inputs = new Map<Language, ReportInput>();
  const printed = new Map<string, Uint8Array>();
  const inputOf = (language: Language): ReportInput => {
    const input = inputs.get(language) ?? reportInput(source, language);
    inputs.set(language, input);
    return input;
  };
  const print = async (document: ReportDocument, language: Language): Promise<Uint8Array> => {
    const key = `${language} ${document.id}`;
    const bytes = printed.get(key) ?? (await openRenderer()).render(document, language);
    printed.set(key, bytes);
    return bytes;
  };
  const content = async ({ kind, language }: WantedFile): Promise<Content> => {
    const input = inputOf(language);
    switch (kind) {
      case "report.html":
        return plain(renderHtml(buildReport(input), language));
      case "patient.html":
        return plain(renderHtml(buildPatientPage(input), language));
      case "report.pdf":
        return { bytes: await print(buildReport(input), language), object: null };
      case "patient.pdf":
        return { bytes: await print(buildPatientPage(input), language), object: null };
      case "report.csv":
        return plain(resultCsv(input));
      case "curves.csv":
        return plain(curvesText(input));
      case "report.fhir.json":
        return plain(await fhirText(input, print));
      case "report.pdf.dcm":
        return objectContent(encapsulatedPdf(await print(buildReport(input), language), input));
      case "report.sr.dcm":
        return objectContent(structuredReport(input, { segmentation: source.segmentation }));
      default:
        return objectContent(mapObject(kind, maps, input));
    }
  };
  const files: MadeFile[] = [];
  for (const each of wanted) files.push({ ...each, ...(await content(each)) });
  return files;
}

function plain(text: string): Content {
  return { bytes: new TextEncoder().encode(text), object: null };
}

function objectContent({
  bytes,
  sopClassUid,
  sopInstanceUid,
  seriesInstanceUid,
}: NonNullable<MadeFile["object"]> & { readonly bytes: Uint8Array }): Content {
  return { bytes, object: { sopClassUid, sopInstanceUid, seriesInstanceUid } };
}

/** @throws {EtalonError} `result-not-found` for a map that the result lacks */
function mapObject(kind: MapFileKind, maps: readonly NumberedMap[], input: ReportInput) {
  const named = maps.find(({ map }) => mapFileKind(map.id) === kind);
  if (named === undefined) throw new EtalonError("result-not-found", { field: kind });
  return parametricMapObject(named.map, input, named.number);
}

/** @throws {EtalonError} `result-not-found` of a result without curves */
function curvesText({ curves = [] }: ReportInput): string {
  if (curves.length === 0) throw new EtalonError("result-not-found", { field: "curves.csv" });
  return curvesCsv(curves);
}

/** A signed report goes with the PDF that was signed. */
async function fhirText(
  input: ReportInput,
  print: (document: ReportDocument, language: Language) => Promise<Uint8Array>,
): Promise<string> {
  const { language, protocol } = input;
  const isSigned = input.reading?.signature !== undefined;
  const bytes = isSigned ? await print(buildReport(input), language) : undefined;
  const attachments =
    bytes === undefined ? [] : [{ contentType: "application/pdf" as const, title: protocol.title[language], bytes }];
  return `${JSON.stringify(fhirBundle(input, attachments), null, 2)}\n`;
}

function reportInput(source: DocumentSource, language: Language): ReportInput {
  const { result, verdicts, context, sources, sections, pictures, signature, addenda, predecessor, prior } = source;
  const protocol = catalog.find(({ id }) => id === result.protocol.id);
  if (protocol === undefined)
    throw new EtalonError("unknown-name", { field: "protocol", received: result.protocol.id });
  return {
    ...{ result, protocol, verdicts, context, sources, language },
    keyImages: [],
    createdAt: source.createdAt,
    reading: {
      sections,
      pictures: pictures.map((picture) => ({ ...picture, ...pngSize(picture.png) })),
      ...(signature === null ? {} : { signature }),
      addenda,
      ...(predecessor === null ? {} : { predecessor }),
    },
    ...(prior === null ? {} : { prior }),
    curves: (source.curves ?? []).map(({ timesS, values, ...curve }) => ({
      ...curve,
      timesS: Float64Array.from(timesS),
      values: Float64Array.from(values),
    })),
  };
}

/** Width and height as IHDR, the first chunk, says them (PNG, third edition, 11.2.1). */
function pngSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
