import type { JsonValue } from "@etalon/base";
import { bySeries, measuredSources } from "../dicom/measured-sources.ts";
import { readableName } from "../document/readable-name.ts";
import type { ReportInput, SourceInstance } from "../report-input.ts";
import { codingOf, dicomUidSystem, hl7Coding, uriSystem } from "./code-systems.ts";
import { fhirDay } from "./fhir-day.ts";
import type { Coding, ImagingStudy, Reference } from "./fhir-types.ts";
import { freeText } from "./free-text.ts";
import { narrative } from "./narrative.ts";
import { resourceIdentity } from "./resource-identity.ts";

/**
 * The study, the series that were measured and, where `sources` says their SOP class, the instances. `undefined` where no
 * study is named.
 */
export function imagingStudyResource(
  input: ReportInput,
  about: { readonly patient: string; readonly subject: Reference },
): ImagingStudy | undefined {
  const { context, language, indication } = input;
  const { instanceUid, accessionNumber, date, description, referringPhysician } = context.study;
  if (instanceUid === "") return undefined;
  const { id } = resourceIdentity("ImagingStudy", { patient: about.patient, study: instanceUid });
  const started = fhirDay(date);
  const series = measuredSeries(input);
  const modality = [...new Map(series.map((one) => [one.modality.code, one.modality])).values()];
  const accession = freeText(accessionNumber);
  const referrer = referringPhysician === undefined ? "" : freeText(readableName(referringPhysician));
  const asked = freeText(indication);
  const said = freeText(description);
  return {
    resourceType: "ImagingStudy",
    id,
    language,
    text: narrative([[said, started ?? ""].filter((part) => part !== "").join(", ") || instanceUid], language),
    identifier: [
      { system: dicomUidSystem, value: `urn:oid:${instanceUid}` },
      ...(accession === ""
        ? []
        : [{ type: { coding: [hl7Coding("v2-0203", "ACSN", "Accession ID")] }, value: accession }]),
    ],
    status: "available",
    ...(modality.length === 0 ? {} : { modality }),
    subject: about.subject,
    ...(started === undefined ? {} : { started }),
    ...(referrer === "" ? {} : { referrer: { display: referrer } }),
    ...(asked === "" ? {} : { reasonCode: [{ text: asked }] }),
    ...(said === "" ? {} : { description: said }),
    ...(series.length === 0 ? {} : { series }),
  };
}

type Series = NonNullable<ImagingStudy["series"]>[number];

/** The series of the stacks that play a role, as the ledger's summary names them. */
function measuredSeries(input: ReportInput): readonly Series[] {
  const { ledger, recipe } = input.result;
  const instances = bySeries(measuredSources(input));
  const chosen = new Set(recipe.roles.map(({ stackId }) => stackId));
  const series = new Map<string, Series>();
  for (const stack of listOf(memberOf(ledger, "stacks"))) {
    const id = memberOf(stack, "id");
    const uid = memberOf(stack, "seriesInstanceUid");
    const [modality] = listOf(memberOf(stack, "modality"));
    const [said] = listOf(memberOf(stack, "description"));
    const description = freeText(typeof said === "string" ? said : "");
    if (typeof id !== "string" || !chosen.has(id) || typeof uid !== "string" || typeof modality !== "string") continue;
    const listed = instances.get(uid) ?? [];
    series.set(uid, {
      uid,
      modality: modalityCoding(modality),
      ...(description === "" ? {} : { description }),
      ...(listed.length === 0 ? {} : { instance: listed.map(instanceOf) }),
    });
  }
  return [...series.values()];
}

function instanceOf({ sopInstanceUid, sopClassUid }: SourceInstance): NonNullable<Series["instance"]>[number] {
  return { uid: sopInstanceUid, sopClass: { system: uriSystem, code: `urn:oid:${sopClassUid}` } };
}

/** PS3.16 CID 29 (Acquisition Modality): the code is the value of Modality. */
function modalityCoding(modality: string): Coding {
  const meaning = { CT: "Computed Tomography", US: "Ultrasound", MR: "Magnetic Resonance" }[modality];
  return codingOf({ scheme: "DCM", value: modality, meaning: meaning ?? modality });
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  // An object that is neither null nor a list has members of JSON values.
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, JsonValue | undefined>>)[name]
    : undefined;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
