import { codesOf, objectType, outcomeCodes } from "./audit-codes.ts";
import type { RecordedEvent } from "./audit-event.ts";

/** Coding system of DICOM's ontology in FHIR. */
const dcm = "http://dicom.nema.org/resources/ontology/DCM";

/** Where an internal id means something. */
const idSystem = (kind: string): string => `urn:etalon:${kind}`;

/** An event as a FHIR R4 AuditEvent. Who and what are identifiers of this archive, never names. */
export function fhirAuditEvent(event: RecordedEvent, source: string) {
  const { event: type, type: subtype, action } = codesOf(event);
  const { object, count } = event;
  return {
    resourceType: "AuditEvent",
    id: String(event.position),
    type: { system: dcm, code: type.code, display: type.meaning },
    ...(subtype === undefined ? {} : { subtype: [{ system: dcm, code: subtype.code, display: subtype.meaning }] }),
    action,
    recorded: event.at,
    outcome: outcomeCodes[event.outcome],
    ...(event.error === undefined ? {} : { outcomeDesc: event.error }),
    purposeOfEvent: [{ text: event.purpose }],
    agent: [
      {
        who: { identifier: { system: idSystem("account"), value: event.actor } },
        requestor: true,
      },
    ],
    source: {
      site: String(event.site),
      observer: { identifier: { system: idSystem("archive"), value: source } },
      type: [
        {
          system: "http://terminology.hl7.org/CodeSystem/security-source-type",
          code: "4",
          display: "Application Server",
        },
      ],
    },
    ...(object === undefined
      ? {}
      : {
          entity: [
            {
              ...(object.id === undefined
                ? {}
                : { what: { identifier: { system: idSystem(object.kind), value: object.id } } }),
              type: {
                system: "http://terminology.hl7.org/CodeSystem/audit-entity-type",
                code: objectType(event),
              },
              ...(count === undefined ? {} : { detail: [{ type: "count", valueString: String(count) }] }),
            },
          ],
        }),
  };
}

/** A page of events as a FHIR search set. */
export function fhirAuditBundle(
  page: { readonly total: number; readonly events: readonly RecordedEvent[] },
  source: string,
) {
  const resources = page.events.map((event) => fhirAuditEvent(event, source));
  return {
    resourceType: "Bundle",
    type: "searchset",
    total: page.total,
    ...(resources.length === 0
      ? {}
      : { entry: resources.map((resource) => ({ resource, search: { mode: "match" } })) }),
  };
}
