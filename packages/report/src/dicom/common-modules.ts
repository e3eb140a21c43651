import type { Text } from "@etalon/base";
import type { KeywordRecord } from "@etalon/dicom";
import type { ReportInput } from "../report-input.ts";
import { languageOf, type ObjectKind, seriesUidOf } from "./dicom-object.ts";
import { fittingText } from "./fitting-text.ts";

/** What DICOM calls the program that makes the objects. */
export const equipmentName = "Etalon";

/** What a series of one kind is called, and its place after the series of the scanner. */
const series: Readonly<
  Record<ObjectKind, { readonly title: Text; readonly number: number; readonly modality: string }>
> = {
  "structured-report": { title: { en: "measurements", fr: "mesures" }, number: 9001, modality: "SR" },
  segmentation: { title: { en: "segmentation", fr: "segmentation" }, number: 9002, modality: "SEG" },
  "key-images": { title: { en: "key images", fr: "images clés" }, number: 9003, modality: "OT" },
  "parametric-map": { title: { en: "maps", fr: "cartes" }, number: 9005, modality: "MR" },
  "encapsulated-pdf": { title: { en: "report", fr: "compte rendu" }, number: 9004, modality: "DOC" },
};

/**
 * Modules that every object shares: Patient, General Study, Patient Study, General Series, Enhanced General Equipment, SOP
 * Common (PS3.3 C.7.1.1, C.7.2.1, C.7.2.2, C.7.3.1, C.7.5.1, C.7.5.2, C.12.1). What the study does not say stays empty.
 */
export function commonModules(kind: ObjectKind, input: ReportInput): KeywordRecord & { SeriesInstanceUID: string } {
  const { patient, study, institutionName } = input.context;
  const { title, number, modality } = series[kind];
  const { etalon } = input.result.build;
  const language = languageOf(kind, input);
  return {
    SpecificCharacterSet: "ISO_IR 192",
    PatientName: patient.name ?? null,
    PatientID: patient.id ?? null,
    IssuerOfPatientID: patient.issuerOfId,
    PatientBirthDate: patient.birthDate ?? null,
    PatientSex: patient.sex ?? null,
    PatientAge: patient.age,
    StudyInstanceUID: study.instanceUid,
    StudyID: study.id ?? null,
    StudyDate: study.date ?? null,
    StudyTime: study.time ?? null,
    AccessionNumber: study.accessionNumber ?? null,
    StudyDescription: study.description,
    ReferringPhysicianName: study.referringPhysician ?? null,
    Modality: modality,
    SeriesInstanceUID: seriesUidOf(kind, input),
    SeriesNumber: number,
    SeriesDescription: fittingText(`${input.protocol.title[language]}, ${title[language]}`),
    Manufacturer: equipmentName,
    ManufacturerModelName: equipmentName,
    InstitutionName: institutionName,
    // A program has no serial number; its version is what tells two of them apart.
    DeviceSerialNumber: etalon,
    SoftwareVersions: etalon,
  };
}

/** Stands for a date that was removed from the study: PS3.15 E.1.1 lets a dummy stand where the type forbids an empty one. */
const removedDate = "19000101";

/**
 * ContentDate and ContentTime: those of the study. An object says the same whenever it is made, so that a re-run makes no
 * second one; when the report was made stands in the report, not here.
 */
export function contentDate({ context }: ReportInput): KeywordRecord {
  return { ContentDate: context.study.date ?? removedDate, ContentTime: context.study.time ?? "000000" };
}
