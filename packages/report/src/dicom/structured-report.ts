import type { Language } from "@etalon/base";
import { derivedUid, type KeywordRecord } from "@etalon/dicom";
import type { ReportInput, SourceInstance } from "../report-input.ts";
import { type CodedConcept, codeItem, dcm } from "./coded-concept.ts";
import { commonModules, contentDate, equipmentName } from "./common-modules.ts";
import {
  type ContentItem,
  conceptItem,
  containerItem,
  imageItem,
  templateItem,
  textItem,
  uidItem,
} from "./content-item.ts";
import { type DicomObject, nameObject } from "./dicom-object.ts";
import { fittingText } from "./fitting-text.ts";
import type { LesionSegmentation } from "./lesion-segmentation.ts";
import { bySeries, evidenceItem, measuredSources } from "./measured-sources.ts";
import { measurementGroups } from "./measurement-group.ts";
import { protocolConcepts } from "./protocol-concepts.ts";
import { evaluationItems, provisionalText } from "./qualitative-evaluations.ts";

/** Objects that a report refers to. */
export interface ReportReferences {
  /** The segmentation of the same result's items, where there is one. */
  readonly segmentation?: Omit<LesionSegmentation, "bytes"> | null;
}

const enhancedSrStorage = "1.2.840.10008.5.1.4.1.1.88.22";

const languages: Readonly<Record<Language, CodedConcept>> = {
  en: { value: "en", scheme: "RFC5646", meaning: "English" },
  fr: { value: "fr", scheme: "RFC5646", meaning: "French" },
};

/**
 * A result as a DICOM Enhanced SR (PS3.3 A.35.2) after TID 1500 "Measurement Report" (PS3.16): language, the program as
 * observer, procedure, image library, a measurement group for the whole, each site and each item, and what must be known
 * beside the numbers. Every output stands there with its code, its UCUM unit and its value to the last bit; the digests of
 * the result and of the verdicts stand among the qualitative evaluations.
 *
 * The texts are in the report's language, meanings of codes in English as PS3.16 has them. The report is verified where a
 * person signed it (PS3.3 C.17.2), and then names the one that it takes the place of.
 *
 * @see PS3.16 TID 1500, 1204, 1002, 1600, 1411, 1501, 4019
 */
export function structuredReport(input: ReportInput, references: ReportReferences = {}): DicomObject {
  const sources = measuredSources(input);
  const segmentation = references.segmentation ?? null;
  const evidence = [...sources, ...(segmentation === null ? [] : [segmentation])];
  const { study } = input.context;
  return nameObject({
    ...commonModules("structured-report", input),
    SOPClassUID: enhancedSrStorage,
    ...contentDate(input),
    InstanceNumber: 1 + (input.reading?.addenda.length ?? 0),
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    CurrentRequestedProcedureEvidenceSequence:
      evidence.length === 0 ? undefined : [evidenceItem(study.instanceUid, evidence)],
    ...completion(input),
    ...verification(input),
    CodingSchemeIdentificationSequence: [
      {
        CodingSchemeDesignator: "99ETALON",
        CodingSchemeName: "Etalon",
        CodingSchemeResponsibleOrganization: "Etalon",
      },
    ],
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: [codeItem(dcm("126000", "Imaging Measurement Report"))],
    ContinuityOfContent: "SEPARATE",
    ContentTemplateSequence: [templateItem("1500")],
    ContentSequence: [
      conceptItem(
        "HAS CONCEPT MOD",
        dcm("121049", "Language of Content Item and Descendants"),
        languages[input.language],
      ),
      ...observerItems(input),
      conceptItem(
        "HAS CONCEPT MOD",
        dcm("121058", "Procedure reported"),
        protocolConcepts(input.result.protocol.id).procedure,
      ),
      ...imageLibrary(sources),
      containerItem(dcm("126010", "Imaging Measurements"), measurementGroups(input, { segmentation, sources })),
      containerItem({ value: "C0034375", scheme: "UMLS", meaning: "Qualitative Evaluations" }, evaluationItems(input)),
    ],
  });
}

/** A provisional result still waits for a reader's marks. */
function completion({ result, language }: ReportInput): KeywordRecord {
  return result.provisional
    ? {
        CompletionFlag: "PARTIAL",
        CompletionFlagDescription: provisionalText[language],
        PreliminaryFlag: "PRELIMINARY",
      }
    : { CompletionFlag: "COMPLETE" };
}

/** Who verified it: who signed, then who added what since, and the report before that. PS3.3 C.17.2, C.17.2.2. */
function verification({ reading, context }: ReportInput): KeywordRecord {
  const signature = reading?.signature;
  if (signature === undefined) return { VerificationFlag: "UNVERIFIED" };
  const { predecessor, addenda = [] } = reading ?? {};
  return {
    VerificationFlag: "VERIFIED",
    VerifyingObserverSequence: [signature, ...addenda].map(({ name, organization, at }) => ({
      VerifyingOrganization: fittingText(organization ?? context.institutionName ?? "–"),
      VerificationDateTime: dicomMoment(at),
      VerifyingObserverName: { Alphabetic: fittingText(name.replace(/[\\^=]/g, " ")) },
      VerifyingObserverIdentificationCodeSequence: [],
    })),
    PredecessorDocumentsSequence:
      predecessor === undefined ? undefined : [evidenceItem(context.study.instanceUid, [predecessor])],
  };
}

/** An ISO 8601 time with offset as DT (PS3.5 section 6.2). */
function dicomMoment(iso: string): string {
  const [, date = "", time = "", offset = ""] = /^([\d-]{10})T([\d:]{8})(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(iso) ?? [];
  const zone = offset === "Z" ? "+0000" : offset.replace(":", "");
  return `${date.replaceAll("-", "")}${time.replaceAll(":", "")}${zone}`;
}

/** TID 1002 and 1004: the program is the observer, told apart by its version. */
function observerItems({ result }: ReportInput): ContentItem[] {
  const device = derivedUid(`etalon/device/${result.build.etalon}`);
  return [
    conceptItem("HAS OBS CONTEXT", dcm("121005", "Observer Type"), dcm("121007", "Device")),
    uidItem("HAS OBS CONTEXT", dcm("121012", "Device Observer UID"), device),
    textItem("HAS OBS CONTEXT", dcm("121013", "Device Observer Name"), `${equipmentName} ${result.build.etalon}`),
    textItem("HAS OBS CONTEXT", dcm("121014", "Device Observer Manufacturer"), equipmentName),
    textItem("HAS OBS CONTEXT", dcm("121015", "Device Observer Model Name"), equipmentName),
  ];
}

/** TID 1600: the images measured, a group for each series. */
function imageLibrary(sources: readonly SourceInstance[]): ContentItem[] {
  if (sources.length === 0) return [];
  const groups = [...bySeries(sources).values()].map((ofSeries) =>
    containerItem(
      dcm("126200", "Image Library Group"),
      ofSeries.map((source) => imageItem(source)),
    ),
  );
  return [containerItem(dcm("111028", "Image Library"), groups, "1600")];
}
