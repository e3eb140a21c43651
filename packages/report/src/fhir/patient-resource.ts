import { canonicalJson } from "@etalon/base";
import { readableName } from "../document/readable-name.ts";
import type { ReportInput } from "../report-input.ts";
import { hl7Coding } from "./code-systems.ts";
import { fhirDay } from "./fhir-day.ts";
import type { Identifier, Patient } from "./fhir-types.ts";
import { freeText } from "./free-text.ts";
import { humanNames } from "./human-names.ts";
import { narrative } from "./narrative.ts";
import { resourceIdentity } from "./resource-identity.ts";

/**
 * Who is meant, in one line that tells people apart: issuer, identifier, name, birth date and sex. Where the header has no
 * identifier the study stands for the person, so that two nameless people are never taken for one.
 */
export function patientKey({ patient, study }: ReportInput["context"]): string {
  const { id = "", issuerOfId = "", birthDate = "", sex = "", name = {} } = patient;
  const key = { id, issuerOfId, birthDate, sex, name: { ...name } };
  return canonicalJson(id.trim() === "" ? { ...key, study: study.instanceUid } : key);
}

/** The patient, as the images' header names them. */
export function patientResource({ context, language }: ReportInput): Patient {
  const { name, id, sex } = context.patient;
  const { id: uuid, identifier } = resourceIdentity("Patient", patientKey(context));
  const names = name === undefined ? [] : humanNames(name);
  const birthDate = fhirDay(context.patient.birthDate);
  const shown = (name === undefined ? "" : readableName(name)) || freeText(id) || "–";
  return {
    resourceType: "Patient",
    id: uuid,
    language,
    text: narrative([shown], language),
    identifier: [identifier, ...recordNumber(context.patient)],
    ...(names.length === 0 ? {} : { name: names }),
    ...(sex === undefined ? {} : { gender: ({ M: "male", F: "female", O: "other" } as const)[sex] }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

/** The identifier of the header; only an issuer that is an OID says in which system it is unique. */
function recordNumber({ id, issuerOfId }: ReportInput["context"]["patient"]): readonly Identifier[] {
  const value = freeText(id);
  const issuer = freeText(issuerOfId);
  if (value === "") return [];
  return [
    {
      type: { coding: [hl7Coding("v2-0203", "MR", "Medical record number")] },
      ...(isOid(issuer) ? { system: `urn:oid:${issuer}` } : {}),
      value,
      ...(issuer === "" || isOid(issuer) ? {} : { assigner: { display: issuer } }),
    },
  ];
}

function isOid(text: string): boolean {
  return /^[0-2](\.(0|[1-9]\d*))+$/.test(text);
}
