import type { KeywordRecord } from "@etalon/dicom";
import type { Hl7Segment } from "@medplum/core";
import { codeOf, meaningOf, momentOf, nameOf, performerOf, shortened } from "./dicom-values.ts";
import { fieldText, repetitionCount } from "./field-text.ts";
import { Hl7Error } from "./hl7-error.ts";
import { orderIdentifiers } from "./order-identifiers.ts";
import type { Order } from "./order-message.ts";

/** Longest values of LO, SH and LT. */
const [long, short, longest] = [64, 16, 10240];

/** HL7 table 0001 and PS3.3 C.2.3: other, ambiguous and not applicable are "O", unknown is nothing. */
const sexes: Readonly<Record<string, string>> = { M: "M", F: "F", O: "O", A: "O", N: "O" };

/** Priorities of HL7 table 0485 and of ORC-7 in those of PS3.3 C.4.11 (IHE RAD TF-2 appendix B). */
const priorities: Readonly<Record<string, string>> = {
  S: "STAT",
  A: "HIGH",
  R: "ROUTINE",
  P: "HIGH",
  C: "HIGH",
  T: "MEDIUM",
};

/**
 * One worklist item of an order, as `readItem` takes it: IHE RAD TF-2 4.4 and appendix B, spelt out in docs/hl7.md.
 *
 * @param imaging the step's IPC; of a general order there is none
 * @throws Hl7Error AE where what the worklist cannot be without is missing
 */
export function orderAttributes(order: Order, imaging: Hl7Segment | undefined): KeywordRecord {
  const { patient, common, request } = order;
  const ids = orderIdentifiers(order, imaging);
  const accessionNumber = ids.accessionNumber || ids.fillerOrderNumber;
  need(ids.patientId, "PID-3", "patient id");
  need(nameOf(patient, 5, 1), "PID-5", "patient name");
  need(accessionNumber, "OBR-18", "accession number, or filler order number in ORC-3");
  const requestedProcedureId = ids.requestedProcedureId || accessionNumber;
  return withoutEmpty({
    ...patientAttributes(order),
    ...visitAttributes(order),
    AccessionNumber: accessionNumber,
    PlacerOrderNumberImagingServiceRequest: ids.placerOrderNumber,
    FillerOrderNumberImagingServiceRequest: ids.fillerOrderNumber,
    RequestingPhysician: nameOf(common, 12, 2) || nameOf(request, 16, 2),
    RequestingService: shortened(meaningOf(common, 17), long),
    OrderEnteredBy: nameOf(common, 10, 2),
    OrderEntererLocation: shortened(placeText(common, 13), short),
    OrderCallbackPhoneNumber: phoneOf(common, 14) || phoneOf(request, 17),
    IssueDateOfImagingServiceRequest: momentOf(fieldText(common, 15) || fieldText(common, 9)).date,
    IssueTimeOfImagingServiceRequest: momentOf(fieldText(common, 15) || fieldText(common, 9)).time,
    StudyInstanceUID: fieldText(imaging, 3) || fieldText(order.study, 1),
    RequestedProcedureID: requestedProcedureId,
    RequestedProcedureDescription: shortened(meaningOf(request, 44) || meaningOf(request, 4), long),
    RequestedProcedureCodeSequence: [...codeOf(request, 44), ...codeOf(request, 4)].slice(0, 1),
    RequestedProcedurePriority: priorities[priorityOf(order)] ?? "",
    PatientTransportArrangements: shortened(fieldText(request, 30), long),
    ReasonForTheRequestedProcedure: shortened(meaningOf(request, 31), long),
    RequestedProcedureComments: order.notes
      .map((note) => fieldText(note, 3))
      .filter((text) => text !== "")
      .join("\n")
      .slice(0, longest),
    ScheduledProcedureStepSequence: [withoutEmpty(stepAttributes(order, imaging, ids.stepId || requestedProcedureId))],
  });
}

function patientAttributes({ patient, request, visit, allergies }: Order): KeywordRecord {
  const others = Array.from({ length: Math.max(0, repetitionCount(patient, 3) - 1) }, (_, at) => at + 1);
  return {
    PatientName: nameOf(patient, 5, 1),
    PatientID: fieldText(patient, 3) || fieldText(patient, 2),
    IssuerOfPatientID: shortened(issuerOf(patient, 0), long),
    OtherPatientIDsSequence: others.flatMap((repetition) => {
      const id = fieldText(patient, 3, { repetition });
      const issuer = shortened(issuerOf(patient, repetition), long);
      return id === "" ? [] : [withoutEmpty({ PatientID: id, IssuerOfPatientID: issuer, TypeOfPatientID: "TEXT" })];
    }),
    PatientBirthDate: momentOf(fieldText(patient, 7)).date,
    PatientSex: sexes[fieldText(patient, 8).toUpperCase()] ?? "",
    PatientAddress: shortened(placeText(patient, 11), long),
    PatientTelephoneNumbers: phoneOf(patient, 13),
    EthnicGroup: shortened(fieldText(patient, 22), short),
    PatientState: shortened(meaningOf(request, 12), long),
    MedicalAlerts: shortened(fieldText(request, 13), long),
    Allergies: allergies.map((allergy) => shortened(meaningOf(allergy, 3), long)).filter((text) => text !== ""),
    // HL7 table 0009: B6 is pregnant; PS3.3 C.3.4: 3 is definitely pregnant.
    PregnancyStatus: fieldText(visit, 15) === "B6" ? 3 : undefined,
  };
}

function visitAttributes({ patient, visit }: Order): KeywordRecord {
  return {
    AdmissionID: shortened(fieldText(visit, 19) || fieldText(patient, 18), long),
    CurrentPatientLocation: shortened(placeText(visit, 3), long),
    ReferringPhysicianName: nameOf(visit, 8, 2),
  };
}

function stepAttributes(order: Order, imaging: Hl7Segment | undefined, stepId: string): KeywordRecord {
  const { common, request } = order;
  const start = momentOf(startOf(order));
  need(start.date, "ORC-7", "date of the start (TQ1-7, ORC-7.4, OBR-27.4 or OBR-36)");
  const modality = (fieldText(imaging, 5) || fieldText(request, 24)).toUpperCase();
  need(modality, imaging === undefined ? "OBR-24" : "IPC-5", "modality");
  const codes = [...codeOf(imaging, 6), ...codeOf(request, 4, 4), ...codeOf(request, 4)];
  const text = meaningOf(imaging, 6) || fieldText(request, 4, { component: 5 }) || meaningOf(request, 4);
  return {
    ScheduledProcedureStepID: stepId,
    ScheduledStationAETitle: fieldText(imaging, 9) || fieldText(common, 18) || fieldText(request, 21),
    ScheduledStationName: shortened(fieldText(imaging, 7), short),
    ScheduledProcedureStepLocation: shortened(meaningOf(imaging, 8), short),
    ScheduledProcedureStepStartDate: start.date,
    ScheduledProcedureStepStartTime: start.time || midnight,
    Modality: modality,
    ScheduledPerformingPhysicianName: performerOf(request, 34),
    ScheduledProcedureStepDescription: shortened(text, long),
    ScheduledProtocolCodeSequence: codes.slice(0, 1),
  };
}

/** A day without a time: the item is listed on all of it. */
const midnight = "000000";

function startOf({ timing, common, request }: Order): string {
  const fourth = { component: 4 };
  return (
    fieldText(timing, 7) ||
    fieldText(common, 7, fourth) ||
    fieldText(request, 27, fourth) ||
    fieldText(request, 36) ||
    fieldText(request, 6)
  );
}

function priorityOf({ timing, common, request }: Order): string {
  const sixth = { component: 6 };
  return (
    fieldText(timing, 9) ||
    fieldText(common, 7, sixth) ||
    fieldText(request, 27, sixth) ||
    fieldText(request, 5)
  ).toUpperCase();
}

/** The assigning authority of PID-3: its name, or its universal id. */
function issuerOf(patient: Hl7Segment, repetition: number): string {
  const part = (subcomponent: number): string => fieldText(patient, 3, { component: 4, subcomponent, repetition });
  return part(1) || part(2);
}

/** A location (PL) or an address (XAD) in one line. */
function placeText(segment: Hl7Segment | undefined, field: number): string {
  return [1, 2, 3, 4, 5]
    .map((component) => fieldText(segment, field, { component, subcomponent: 1 }))
    .filter((text) => text !== "")
    .join(" ");
}

/** A telephone number without its blanks where it is too long with them; none rather than a part of one. */
function phoneOf(segment: Hl7Segment | undefined, field: number): string {
  const number = fieldText(segment, field).replace(/[\\\p{Cc}]+/gu, " ");
  const tight = number.replace(/[\s.()-]/g, "");
  return number.length <= short ? number : tight.length <= short ? tight : "";
}

function need(text: string, location: string, reason: string): void {
  if (text === "") throw new Hl7Error("AE", 101, { location, reason });
}

function withoutEmpty(record: KeywordRecord): KeywordRecord {
  const isEmpty = (value: KeywordRecord[string]): boolean =>
    value === "" || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && !isEmpty(value)));
}
