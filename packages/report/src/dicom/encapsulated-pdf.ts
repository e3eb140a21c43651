import { canonicalJson, type JsonValue, sha256Hex } from "@etalon/base";
import type { ReportInput } from "../report-input.ts";
import { codeItem } from "./coded-concept.ts";
import { commonModules, contentDate } from "./common-modules.ts";
import { contentSha256, type DicomObject, nameObject } from "./dicom-object.ts";
import { measuredSources, sopReference } from "./measured-sources.ts";

const encapsulatedPdfStorage = "1.2.840.10008.5.1.4.1.1.104.1";

/**
 * A report's PDF as a DICOM Encapsulated PDF (PS3.3 A.45.1), titled by the protocol in the report's language, with
 * references to the images measured.
 *
 * A PDF prints when it was made; its UID leaves that out. It is derived from all that the report is a rendering of, so that
 * a report printed again is the same document to an archive.
 */
export function encapsulatedPdf(pdf: Uint8Array, input: ReportInput): DicomObject {
  const { result, verdicts, indication, percentileStratum, keyImages, protocol, language } = input;
  const sources = measuredSources(input);
  const cover = {
    ...commonModules("encapsulated-pdf", input),
    SOPClassUID: encapsulatedPdfStorage,
    ...contentDate(input),
    InstanceNumber: 1,
    ConversionType: "WSD",
    AcquisitionDateTime: null,
    BurnedInAnnotation: "YES",
    DocumentTitle: protocol.title[language],
    ConceptNameCodeSequence: [codeItem({ value: "18748-4", scheme: "LN", meaning: "Diagnostic Imaging Report" })],
    VerificationFlag: input.reading?.signature === undefined ? undefined : "VERIFIED",
    SourceInstanceSequence: sources.length === 0 ? undefined : sources.map(sopReference),
    MIMETypeOfEncapsulatedDocument: "application/pdf",
  };
  const identity = canonicalJson({
    cover: contentSha256(cover),
    result: result.digest,
    verdicts: verdicts?.digest ?? null,
    indication: indication ?? null,
    percentileStratum: percentileStratum === undefined ? null : { ...percentileStratum },
    keyImages: keyImages.map(({ png }) => sha256Hex(png)),
    ...readingIdentity(input),
  });
  return nameObject({ ...cover, EncapsulatedDocument: pdf, EncapsulatedDocumentLength: pdf.length }, identity);
}

/** What a reader made of the result, by its contents. */
function readingIdentity({ reading, prior }: ReportInput): { readonly [part: string]: JsonValue } {
  if (reading === undefined) return {};
  const { sections, pictures, signature, addenda } = reading;
  // Plain texts and numbers all through.
  const said = JSON.parse(JSON.stringify({ sections, signature: signature ?? null, addenda, prior: prior ?? null }));
  return { reading: said, pictures: pictures.map(({ png }) => sha256Hex(png)) };
}
