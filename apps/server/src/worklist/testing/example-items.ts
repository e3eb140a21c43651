import type { KeywordRecord } from "@etalon/dicom";

const ct = {
  CodeValue: "24627-2",
  CodingSchemeDesignator: "LN",
  CodeMeaning: "CT Chest",
} as const;

/** An item with little more than it needs. */
export function smallItem(step: KeywordRecord = {}, more: KeywordRecord = {}): KeywordRecord {
  return {
    AccessionNumber: "A1",
    PatientName: "Doe^Jane",
    PatientID: "P1",
    ...more,
    ScheduledProcedureStepSequence: [
      {
        ScheduledStationAETitle: "CT1",
        ScheduledProcedureStepStartDate: "20260705",
        ScheduledProcedureStepStartTime: "1000",
        Modality: "CT",
        ScheduledProcedureStepID: "S1",
        ...step,
      },
    ],
  };
}

/** Items that differ in every attribute that K.6-1 has matched: four days, three stations, three patients, accents. */
export const exampleItems: readonly KeywordRecord[] = [
  smallItem(
    {
      ScheduledProcedureStepStartDate: "20260705",
      ScheduledProcedureStepStartTime: "0930",
      ScheduledPerformingPhysicianName: "Müller^Zoë",
      ScheduledProcedureStepDescription: "Scanner thoracique sans injection",
      ScheduledStationName: "SCANNER 1",
      ScheduledProcedureStepLocation: "Sous-sol",
      ScheduledProtocolCodeSequence: [ct],
      PreMedication: "Aucune",
      RequestedContrastAgent: "",
    },
    {
      AccessionNumber: "A1001",
      PatientName: "Lefèvre^Noémie^^Mme",
      PatientID: "P-001",
      IssuerOfPatientID: "CHU",
      PatientBirthDate: "19720303",
      PatientSex: "F",
      PatientWeight: 61.5,
      Allergies: "Pénicilline",
      PregnancyStatus: 1,
      AdmissionID: "V77",
      CurrentPatientLocation: "Cardiologie^12",
      ReferringPhysicianName: "Dupont^Éric",
      RequestingPhysician: "Lœwe^Anaïs",
      RequestingService: "Cardiologie",
      RequestedProcedureID: "RP1",
      RequestedProcedureDescription: "Thorax",
      RequestedProcedureCodeSequence: [ct],
      RequestedProcedurePriority: "HIGH",
      PlacerOrderNumberImagingServiceRequest: "PL1",
      FillerOrderNumberImagingServiceRequest: "FI1",
      StudyInstanceUID: "1.2.826.0.1.3680043.8.498.7.1",
    },
  ),
  smallItem(
    {
      ScheduledProcedureStepID: "S2",
      ScheduledStationAETitle: "MR1",
      Modality: "MR",
      ScheduledProcedureStepStartDate: "20260706",
      ScheduledProcedureStepStartTime: "080000",
      ScheduledPerformingPhysicianName: "Johnson",
      ScheduledProcedureStepDescription: "IRM cardiaque",
    },
    {
      AccessionNumber: "A1002",
      PatientName: "Lefranc^Paul",
      PatientID: "P-002",
      PatientBirthDate: "19500101",
      PatientSex: "M",
      RequestedProcedureID: "RP2",
      RequestedProcedureDescription: "Coeur",
      StudyInstanceUID: "1.2.826.0.1.3680043.8.498.7.2",
    },
  ),
  smallItem(
    {
      ScheduledProcedureStepID: "S3",
      ScheduledStationAETitle: ["CT1", "CT2"],
      ScheduledProcedureStepStartDate: "20260707",
      ScheduledProcedureStepStartTime: "190000",
      ScheduledPerformingPhysicianName: "Johnson",
      ScheduledProcedureStepDescription: "Scanner abdominal",
    },
    {
      AccessionNumber: "A1003",
      PatientName: "Martin^Jean",
      PatientID: "P-003",
      PatientBirthDate: "19811231",
      PatientSex: "M",
      RequestedProcedureID: "RP3",
      RequestedProcedureDescription: "Abdomen",
      StudyInstanceUID: "1.2.826.0.1.3680043.8.498.7.3",
    },
  ),
  smallItem(
    {
      ScheduledProcedureStepID: "S4",
      ScheduledStationAETitle: "MR1",
      Modality: "MR",
      ScheduledProcedureStepStartDate: "20260708",
      ScheduledProcedureStepStartTime: "120000",
      ScheduledPerformingPhysicianName: "Smith",
      ScheduledProcedureStepDescription: "IRM foie",
    },
    {
      AccessionNumber: "A1004",
      PatientName: "Lefèvre^Noémie^^Mme",
      PatientID: "P-001",
      PatientBirthDate: "19720303",
      PatientSex: "F",
      RequestedProcedureID: "RP4",
      RequestedProcedureDescription: "Foie",
      StudyInstanceUID: "1.2.826.0.1.3680043.8.498.7.4",
    },
  ),
];
