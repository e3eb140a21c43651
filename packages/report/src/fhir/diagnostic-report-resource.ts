import { notAMedicalDevice, type Text } from "@etalon/base";
import { encodeBase64 } from "@etalon/dicom";
import { protocolConcepts } from "../dicom/protocol-concepts.ts";
import { conclusionSection } from "../document/sections/conclusion-section.ts";
import { inlineText } from "../text/inline-text.ts";
import type { BundleContext } from "./bundle-context.ts";
import { codingOf, etalonSystem, hl7Coding } from "./code-systems.ts";
import type { CodeableConcept, DiagnosticReport, Observation } from "./fhir-types.ts";
import { freeText } from "./free-text.ts";
import { narrative } from "./narrative.ts";
import { resourceIdentity } from "./resource-identity.ts";
import { shownText } from "./shown-text.ts";

/** A document that says the same: the PDF or the HTML. */
export interface ReportAttachment {
  /** MIME type. */
  readonly contentType: "application/pdf" | "text/html";
  readonly title: string;
  readonly bytes: Uint8Array;
}

const unsigned: Text = { en: "Not signed by a physician.", fr: "Non signé par un médecin." };

/**
 * The report. Its status is `partial` until somebody signs it: R4's `preliminary` and `final` both say that somebody verified
 * the results. A signed one is `final`, and `appended` once something was added to it.
 */
export function diagnosticReportResource(
  context: BundleContext,
  content: {
    readonly results: readonly Observation[];
    readonly conclusionCodes: readonly CodeableConcept[];
    readonly attachments: readonly ReportAttachment[];
  },
): DiagnosticReport {
  const { input, about, patient, imagingStudy, studyDay } = context;
  const { result, language, protocol } = input;
  const { signature, addenda = [] } = input.reading ?? {};
  const { id, identifier } = resourceIdentity("DiagnosticReport", {
    ...about,
    result: result.digest,
    verdicts: input.verdicts?.digest ?? null,
    language,
    ...(signature === undefined ? {} : { signedAt: signature.at, addenda: addenda.length }),
  });
  const conclusion = conclusionLines(context);
  return {
    resourceType: "DiagnosticReport",
    id,
    language,
    text: narrative([shownText(protocol.title, language), ...conclusion], language),
    identifier: [identifier, { system: etalonSystem, value: result.digest }],
    status: signature === undefined ? "partial" : addenda.length === 0 ? "final" : "appended",
    category: [{ coding: [hl7Coding("v2-0074", "IMG", "Diagnostic Imaging")] }],
    code: {
      coding: [
        codingOf({ scheme: "LN", value: "18748-4", meaning: "Diagnostic imaging study" }),
        codingOf(protocolConcepts(result.protocol.id).procedure),
      ],
      text: shownText(protocol.title, language),
    },
    subject: { reference: `urn:uuid:${patient.id}` },
    ...(studyDay === undefined ? {} : { effectiveDateTime: studyDay }),
    issued: input.createdAt,
    ...(signature === undefined ? {} : { resultsInterpreter: [{ display: freeText(signature.name) }] }),
    result: content.results.map((observation) => ({ reference: `urn:uuid:${observation.id}` })),
    ...(imagingStudy === undefined ? {} : { imagingStudy: [{ reference: `urn:uuid:${imagingStudy.id}` }] }),
    conclusion: freeText(conclusion.join("\n")),
    ...(content.conclusionCodes.length === 0 ? {} : { conclusionCode: content.conclusionCodes }),
    ...(content.attachments.length === 0
      ? {}
      : {
          presentedForm: content.attachments.map(({ contentType, title, bytes }) => ({
            contentType,
            language,
            data: encodeBase64(bytes),
            size: bytes.length,
            title: freeText(title),
            creation: input.createdAt,
          })),
        }),
  };
}

/** The conclusion of the document, what was added to it, and that nobody signed where that is so. */
function conclusionLines({ input }: BundleContext): readonly string[] {
  const { language } = input;
  const concluded = conclusionSection(input).blocks.flatMap((block) =>
    block.kind === "paragraph" ? [block.line.map((inline) => inlineText(inline, language)).join("")] : [],
  );
  const added = (input.reading?.addenda ?? []).map(({ text }) => text);
  const said = input.reading?.signature === undefined ? [unsigned, notAMedicalDevice] : [notAMedicalDevice];
  return [...concluded, ...added, ...said.map((text) => shownText(text, language))];
}
