import { dictionaryVr, tagOfKeyword } from "@etalon/dicom";

/** An attribute of the worklist information model. */
export interface ModelAttribute {
  readonly keyword: string;
  readonly tag: string;
  readonly vr: string;
  /** Attributes of the items, of a sequence. */
  readonly items?: readonly ModelAttribute[];
}

const code = "CodeValue CodingSchemeDesignator CodingSchemeVersion CodeMeaning LongCodeValue URNCodeValue";
const entity = "LocalNamespaceEntityID UniversalEntityID UniversalEntityIDType";
const reference = "ReferencedSOPClassUID ReferencedSOPInstanceUID";
const person = `PersonIdentificationCodeSequence(${code}) PersonAddress PersonTelephoneNumbers InstitutionName InstitutionAddress
  InstitutionCodeSequence(${code})`;

/**
 * The attributes of the modality worklist information model (PS3.4 table K.6-1) and those of the modules it is made of
 * (PS3.3 C.4.10 to C.4.12, C.2, C.3) that schedulers send: keywords, the attributes of a sequence's items in parentheses.
 */
const model = `
  ScheduledProcedureStepSequence(
    ScheduledStationAETitle ScheduledProcedureStepStartDate ScheduledProcedureStepStartTime Modality
    ScheduledProcedureStepEndDate ScheduledProcedureStepEndTime
    ScheduledPerformingPhysicianName ScheduledPerformingPhysicianIdentificationSequence(${person})
    ScheduledProcedureStepDescription ScheduledStationName ScheduledProcedureStepLocation
    ReferencedDefinedProtocolSequence(${reference}) ReferencedPerformedProtocolSequence(${reference})
    ScheduledProtocolCodeSequence(${code}
      ProtocolContextSequence(ValueType ConceptNameCodeSequence(${code}) DateTime Date Time PersonName UID TextValue
        ConceptCodeSequence(${code}) NumericValue MeasurementUnitsCodeSequence(${code})))
    PreMedication ScheduledProcedureStepID RequestedContrastAgent ScheduledProcedureStepStatus
    CommentsOnTheScheduledProcedureStep)
  RequestedProcedureID RequestedProcedureDescription RequestedProcedureCodeSequence(${code})
  StudyInstanceUID StudyDate StudyTime ReferencedStudySequence(${reference})
  RequestedProcedurePriority PatientTransportArrangements ReasonForTheRequestedProcedure
  ReasonForRequestedProcedureCodeSequence(${code}) RequestedProcedureComments RequestedProcedureLocation
  ConfidentialityCode ReportingPriority NamesOfIntendedRecipientsOfResults
  AccessionNumber IssuerOfAccessionNumberSequence(${entity}) RequestingPhysician
  RequestingPhysicianIdentificationSequence(${person}) ReferringPhysicianName
  ReferringPhysicianIdentificationSequence(${person}) RequestingService
  PlacerOrderNumberImagingServiceRequest FillerOrderNumberImagingServiceRequest
  OrderPlacerIdentifierSequence(${entity}) OrderFillerIdentifierSequence(${entity})
  OrderEnteredBy OrderEntererLocation OrderCallbackPhoneNumber
  IssueDateOfImagingServiceRequest IssueTimeOfImagingServiceRequest ReasonForTheImagingServiceRequest
  ImagingServiceRequestComments
  AdmissionID IssuerOfAdmissionIDSequence(${entity}) ReasonForVisit ServiceEpisodeID
  IssuerOfServiceEpisodeIDSequence(${entity}) ServiceEpisodeDescription InstitutionName InstitutionAddress
  InstitutionalDepartmentName InstitutionCodeSequence(${code})
  ReferencedPatientSequence(${reference}) CurrentPatientLocation PatientInstitutionResidence VisitStatusID VisitComments
  AdmittingDiagnosesDescription AdmittingDiagnosesCodeSequence(${code}) AdmittingDate AdmittingTime RouteOfAdmissions
  PatientName PatientID IssuerOfPatientID TypeOfPatientID IssuerOfPatientIDQualifiersSequence(${entity})
  OtherPatientIDs OtherPatientIDsSequence(PatientID IssuerOfPatientID TypeOfPatientID)
  OtherPatientNames PatientBirthName PatientMotherBirthName
  PatientBirthDate PatientBirthTime PatientSex PatientAge PatientSize PatientWeight PatientAddress
  PatientTelephoneNumbers EthnicGroup PatientReligiousPreference Occupation PatientPrimaryLanguageCodeSequence(${code})
  ConfidentialityConstraintOnPatientDataDescription PatientState PregnancyStatus LastMenstrualDate MedicalAlerts Allergies
  SpecialNeeds SmokingStatus AdditionalPatientHistory PatientComments PatientSexNeutered PatientSpeciesDescription
  PatientBreedDescription ResponsiblePerson ResponsiblePersonRole ResponsibleOrganization`;

/** Every attribute that an item may have, in the order of the model. */
export const worklistModel: readonly ModelAttribute[] = parse(model);

function parse(text: string): readonly ModelAttribute[] {
  const tokens = text.match(/\w+|[()]/g) ?? [];
  let at = 0;
  const list = (): readonly ModelAttribute[] => {
    const attributes: ModelAttribute[] = [];
    for (; at < tokens.length && tokens[at] !== ")"; at++) {
      const keyword = tokens[at] ?? "";
      const tag = tagOfKeyword(keyword) ?? "";
      const named = { keyword, tag, vr: dictionaryVr(Number.parseInt(tag, 16)) };
      if (tokens[at + 1] !== "(") {
        attributes.push(named);
        continue;
      }
      at += 2;
      attributes.push({ ...named, items: list() });
    }
    return attributes;
  };
  return list();
}
