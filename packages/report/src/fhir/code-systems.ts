import type { Coding } from "./fhir-types.ts";

/**
 * Our own code system, `99ETALON` in DICOM: output codes, rules (`<pack>/<rule>`), keys and codes of their values
 * (`<rule>#<key>`, `<rule>#<key>=<code>`), facts (`fact/<id>`). The OID is the UUID whose free bits are those of
 * SHA-256("etalon code system"): nobody had to register it, and nobody else has it (PS3.5 annex B.2).
 */
export const etalonSystem = "urn:oid:2.25.27554817157826422252499671227543166225";

/** Of identifiers whose value is itself a URI (https://hl7.org/fhir/R4/identifier-registry.html). */
export const uriSystem = "urn:ietf:rfc:3986";

/** Of DICOM UIDs, written `urn:oid:1.2.3` (https://hl7.org/fhir/R4/imagingstudy.html#notes). */
export const dicomUidSystem = "urn:dicom:uid";

/** URIs as https://hl7.org/fhir/R4/terminologies-systems.html gives them. */
const systems: Readonly<Record<string, string>> = {
  LN: "http://loinc.org",
  SCT: "http://snomed.info/sct",
  DCM: "http://dicom.nema.org/resources/ontology/DCM",
  RADLEX: "http://www.radlex.org",
  "99ETALON": etalonSystem,
};

/** A code of DICOM as FHIR writes it; the meaning is the code system's own, in English. A scheme without URI is left out. */
export function codingOf(code: { readonly scheme: string; readonly value: string; readonly meaning: string }): Coding {
  const system = Object.hasOwn(systems, code.scheme) ? { system: systems[code.scheme] } : {};
  return { ...system, code: code.value, display: code.meaning };
}

/** A code of our own system. */
export function etalonCoding(code: string, display?: string): Coding {
  return { system: etalonSystem, code, ...(display === undefined ? {} : { display }) };
}

/** A code of HL7's own terminology, `http://terminology.hl7.org/CodeSystem/<name>`. */
export function hl7Coding(name: string, code: string, display: string): Coding {
  return { system: `http://terminology.hl7.org/CodeSystem/${name}`, code, display };
}
