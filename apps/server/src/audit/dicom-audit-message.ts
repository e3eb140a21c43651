import { codesOf, type DcmCode, objectType, outcomeCodes } from "./audit-codes.ts";
import type { RecordedEvent } from "./audit-event.ts";

/**
 * An event as a DICOM audit message (PS3.15 section A.5.1), without a declaration. Studies and accounts are named by their
 * internal ids, in our own coding scheme: a Study Instance UID or a name would outlive the patient's erasure in the
 * repository that this goes to.
 *
 * @param source name of this archive: its AE title
 */
export function dicomAuditMessage(event: RecordedEvent, source: string): string {
  const { event: id, type, action } = codesOf(event);
  const identification = { EventActionCode: action, EventDateTime: event.at };
  return element("AuditMessage", {}, [
    element("EventIdentification", { ...identification, EventOutcomeIndicator: outcomeCodes[event.outcome] }, [
      coded("EventID", id),
      ...(type === undefined ? [] : [coded("EventTypeCode", type)]),
      ...(event.error === undefined ? [] : [element("EventOutcomeDescription", {}, [escaped(event.error)])]),
    ]),
    element(
      "ActiveParticipant",
      { UserID: event.actor, AlternativeUserID: event.purpose, UserIsRequestor: "true" },
      [],
    ),
    element("ActiveParticipant", { UserID: source, UserIsRequestor: "false" }, [
      element("RoleIDCode", codeAttributes({ code: "110150", meaning: "Application" }, "DCM"), []),
    ]),
    element("AuditSourceIdentification", { AuditEnterpriseSiteID: String(event.site), AuditSourceID: source }, []),
    ...objectOf(event),
  ]);
}

function objectOf(event: RecordedEvent): readonly string[] {
  const { object, count } = event;
  if (object === undefined) return [];
  const attributes = { ParticipantObjectID: object.id ?? "-", ParticipantObjectTypeCode: objectType(event) };
  return [
    element("ParticipantObjectIdentification", attributes, [
      element(
        "ParticipantObjectIDTypeCode",
        codeAttributes({ code: object.kind, meaning: `Etalon ${object.kind}` }, "99ETALON"),
        [],
      ),
      ...(count === undefined
        ? []
        : [
            element(
              "ParticipantObjectDetail",
              { type: "count", value: Buffer.from(String(count)).toString("base64") },
              [],
            ),
          ]),
    ]),
  ];
}

function coded(name: string, code: DcmCode): string {
  return element(name, codeAttributes(code, "DCM"), []);
}

function codeAttributes({ code, meaning }: DcmCode, scheme: string): Readonly<Record<string, string>> {
  return { "csd-code": code, codeSystemName: scheme, originalText: meaning };
}

function element(name: string, attributes: Readonly<Record<string, string>>, children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const begin = `<${name}${written.join("")}`;
  return children.length === 0 ? `${begin}/>` : `${begin}>${children.join("")}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
