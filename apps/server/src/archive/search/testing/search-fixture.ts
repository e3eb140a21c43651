import { type DataSet, type KeywordRecord, textOf } from "@etalon/dicom";
import { parseQido, type SearchResource } from "../../../dicomweb/qido/parse-qido.ts";
import type { AccessScope } from "../../access-scope.ts";
import type { Archive } from "../../archive.ts";
import type { Query, QueryLevel } from "../../query.ts";
import { inPieces, smallInstance } from "../../testing/small-instance.ts";
import type { SearchCase } from "./search-cases.ts";

const root = "1.2.826.0.1.3680043.10.9";

/** The UID of a study "1", of a series "1.2" of it, or of an instance "1.2.1" of that. */
export function fixtureUid(label: string): string {
  return `${root}.${label}`;
}

const uidTags: Readonly<Record<QueryLevel, string>> = { study: "0020000D", series: "0020000E", instance: "00080018" };

/** The label of a match, by its UID of the level that was asked. */
export function labelOf(match: DataSet, level: QueryLevel): string {
  return (textOf(match, uidTags[level]) ?? "").slice(root.length + 1);
}

/** What each study of the fixture says; 4 has no date, 3 no referring physician and an empty description. */
const studies: Readonly<Record<string, KeywordRecord>> = {
  "1": {
    StudyDate: "20240229",
    StudyTime: "101530.5",
    AccessionNumber: "ACC1",
    StudyID: "S-1",
    StudyDescription: "Scanner 100%_fait",
    ReferringPhysicianName: "Müller^Anne",
    PatientName: "Lefèvre^Jean-Noël",
    PatientID: "P1",
    IssuerOfPatientID: "CHU",
    PatientBirthDate: "19500101",
    PatientBirthTime: "0715",
    PatientSex: "M",
    PatientAge: "074Y",
    PatientSize: 1.8,
    PatientWeight: 82.5,
    EthnicGroup: "X1",
    Occupation: "Boulanger",
    AdditionalPatientHistory: "tabac\\arrêté en 2010",
    PatientComments: "un commentaire",
    OtherPatientNames: ["Lefebvre^Jean", "Le Fèvre^J"],
    PhysiciansOfRecord: ["House^Gregory", "Ørsted^Åse"],
    NameOfPhysiciansReadingStudy: "Curie^Marie",
    AdmittingDiagnosesDescription: "Douleur thoracique",
    OtherStudyNumbers: 7,
    ProcedureCodeSequence: [
      { CodeValue: "CT1", CodingSchemeDesignator: "99A", CodeMeaning: "scanner du cœur" },
      { CodeValue: "CT2", CodingSchemeDesignator: "99B", CodeMeaning: "injection" },
    ],
    ReferencedStudySequence: [{ ReferencedSOPClassUID: "1.2.3", ReferencedSOPInstanceUID: "1.2.3.4" }],
    ReferencedPatientSequence: [{ ReferencedSOPClassUID: "1.2.4", ReferencedSOPInstanceUID: "1.2.4.4" }],
  },
  "2": {
    StudyDate: "20240301",
    StudyTime: "08",
    AccessionNumber: "ACC2",
    StudyID: "S-2",
    StudyDescription: "IRM",
    ReferringPhysicianName: "Muller^Anna",
    PatientName: "Yamada^Tarou=山田^太郎=やまだ^たろう",
    PatientID: "P2",
    IssuerOfPatientID: "CHU",
    PatientBirthDate: "19621224",
    PatientSex: "M",
  },
  "3": {
    StudyDate: "20240301",
    StudyTime: "235959",
    AccessionNumber: "acc2",
    StudyID: "S-3",
    StudyDescription: null,
    PatientName: "DUPOND^Marie",
    PatientID: "P10",
    PatientBirthDate: "19700215",
    PatientSex: "F",
  },
  "4": {
    AccessionNumber: "A_C2",
    StudyID: "S-4",
    StudyDescription: "TEP",
    ReferringPhysicianName: "Martin^Luc",
    PatientName: "Dupont^Paul",
    PatientID: "P1",
    IssuerOfPatientID: "Clinique",
    PatientBirthDate: "19800630",
    PatientSex: "O",
  },
};

const series: Readonly<Record<string, KeywordRecord>> = {
  "1.1": {
    Modality: "CT",
    SeriesNumber: 2,
    SeriesDescription: "Calcium 3mm",
    BodyPartExamined: "HEART",
    PerformedProcedureStepStartDate: "20240229",
    PerformedProcedureStepStartTime: "101000",
    ProtocolName: "CAC",
    RequestAttributesSequence: [
      { ScheduledProcedureStepID: "SPS1", RequestedProcedureID: "RP1" },
      { ScheduledProcedureStepID: "SPS2", RequestedProcedureID: "RP2" },
    ],
  },
  "1.2": { Modality: "SR", SeriesNumber: 10, SeriesDescription: "Dose" },
  "2.1": { Modality: "MR", SeriesNumber: 1, PerformedProcedureStepStartDate: "20240301" },
  "3.1": { Modality: "US", SeriesNumber: 1 },
  "4.1": { Modality: "CT", SeriesNumber: 1 },
  "4.2": { Modality: "PT", SeriesNumber: 2 },
};

const enhancedSr = "1.2.840.10008.5.1.4.1.1.88.22";
const instances: Readonly<Record<string, KeywordRecord>> = {
  "1.1.1": {
    InstanceNumber: 1,
    ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    ContentDate: "20240229",
    SliceThickness: 3,
  },
  "1.1.2": {
    InstanceNumber: 2,
    ImageType: ["DERIVED", "SECONDARY"],
    ContentDate: "20240229",
    AcquisitionDateTime: "20240229101530.5+0100",
    ContentCreatorName: "Ørsted^Åse",
  },
  "1.2.1": { InstanceNumber: 1, SOPClassUID: enhancedSr },
  "2.1.1": { InstanceNumber: 5, NumberOfFrames: 1 },
  "3.1.1": { InstanceNumber: 1 },
  "4.1.1": { InstanceNumber: 1 },
  "4.2.1": { InstanceNumber: 1 },
};

/**
 * Stores the fixture: four studies with seven instances. Newest first they are 3, 2 (of one day, 3 stored last), 1, 4 (no
 * date).
 */
export async function storeSearchFixture(archive: Archive, scope: AccessScope): Promise<void> {
  for (const [label, said] of Object.entries(instances)) {
    const [study = "", seriesPart = ""] = label.split(".");
    const bytes = smallInstance(1, {
      StudyDate: undefined,
      SpecificCharacterSet: "ISO_IR 192",
      ...studies[study],
      ...series[`${study}.${seriesPart}`],
      ...said,
      StudyInstanceUID: fixtureUid(study),
      SeriesInstanceUID: fixtureUid(`${study}.${seriesPart}`),
      SOPInstanceUID: fixtureUid(label),
    });
    const outcome = await archive.store(scope, { form: "part10", bytes: inPieces(bytes) });
    if (outcome.kind !== "stored") throw new Error(`${label}: ${outcome.kind}`);
  }
}

function resourceOf(path: string): SearchResource {
  const parts = path.split("/");
  const level = { studies: "study", series: "series", instances: "instance" } as const;
  const last = parts.at(-1);
  if (last !== "studies" && last !== "series" && last !== "instances") throw new Error(path);
  const [, study, , series] = parts;
  return {
    level: level[last],
    ...(study === undefined ? {} : { studyInstanceUid: fixtureUid(study) }),
    ...(parts.length < 5 || series === undefined ? {} : { seriesInstanceUid: fixtureUid(series) }),
  };
}

/** The query of a case, its labels being UIDs. */
export function fixtureQuery({ resource, query }: Omit<SearchCase, "finds">): Query {
  const filled = query.replace(/\{([\d.]+)\}/g, (_, label: string) => fixtureUid(label));
  return parseQido(filled, resourceOf(resource)).query;
}
