import { InputError } from "@etalon/base";
import type { ReportInput } from "../report-input.ts";
import type { BundleContext } from "./bundle-context.ts";
import { deviceResource } from "./device-resource.ts";
import { diagnosticReportResource, type ReportAttachment } from "./diagnostic-report-resource.ts";
import { fhirDay } from "./fhir-day.ts";
import type { FhirBundle, FhirResource, Identifier } from "./fhir-types.ts";
import { imagingStudyResource } from "./imaging-study-resource.ts";
import { outputObservations } from "./output-observations.ts";
import { patientKey, patientResource } from "./patient-resource.ts";
import { provenanceResource } from "./provenance-resource.ts";
import { resourceIdentity } from "./resource-identity.ts";
import { interpretationsOf, verdictResources } from "./verdict-resources.ts";

/**
 * A report as a FHIR R4 (4.0.1) bundle of type `transaction`: post it to a server's base address and it is stored whole or
 * not at all. Every entry is created only where nothing has its identifier yet, and identifiers come from what a resource is
 * about (person, study, digests), so that posting a bundle again, or that of a re-run, makes no duplicates. See README.md
 * beside this file for what each resource carries.
 *
 * @param attachments documents that say the same, kept in the report as `presentedForm`
 * @throws {InputError} `wrong-type` for a `createdAt` that is not an instant with offset
 * @see https://hl7.org/fhir/R4/http.html#transaction
 */
export function fhirBundle(input: ReportInput, attachments: readonly ReportAttachment[] = []): FhirBundle {
  if (!instant.test(input.createdAt)) {
    throw new InputError("wrong-type", "createdAt", input.createdAt, "YYYY-MM-DDThh:mm:ss+hh:mm");
  }
  const resources = resourcesOf(contextOf(input), attachments);
  const { id, identifier } = resourceIdentity(
    "Bundle",
    resources.map((resource) => resource.id),
  );
  return {
    resourceType: "Bundle",
    id,
    language: input.language,
    identifier,
    type: "transaction",
    timestamp: input.createdAt,
    entry: resources.map((resource) => ({
      fullUrl: `urn:uuid:${resource.id}`,
      resource,
      request: { method: "POST", url: resource.resourceType, ifNoneExist: searchFor(resource) },
    })),
  };
}

/** FHIR's `instant`, seconds and offset included (https://hl7.org/fhir/R4/datatypes.html#instant). */
const instant =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function contextOf(input: ReportInput): BundleContext {
  const patient = patientResource(input);
  const about = { patient: patientKey(input.context), study: input.context.study.instanceUid };
  const imagingStudy = imagingStudyResource(input, {
    patient: about.patient,
    subject: { reference: `urn:uuid:${patient.id}` },
  });
  const studyDay = fhirDay(input.context.study.date);
  return {
    input,
    about,
    patient,
    device: deviceResource(input),
    ...(imagingStudy === undefined ? {} : { imagingStudy }),
    ...(studyDay === undefined ? {} : { studyDay }),
  };
}

function resourcesOf(context: BundleContext, attachments: readonly ReportAttachment[]): readonly FhirResource[] {
  const observed = outputObservations(context, interpretationsOf(context));
  const totals = observed.totals.map(({ observation }) => observation);
  const references = new Map(
    observed.totals.map(({ output, observation }) => [output.id, { reference: `urn:uuid:${observation.id}` }] as const),
  );
  const sitesWithoutTotal = observed.sites
    .filter(({ output }) => !references.has(output.id))
    .map(({ observation }) => observation);
  const judged = verdictResources(context, context.input.verdicts, references);
  const report = diagnosticReportResource(context, {
    // The other sites and the verdicts are members of what is listed here.
    results: [...totals, ...sitesWithoutTotal, ...observed.items, ...judged.panels],
    conclusionCodes: totals.flatMap(({ interpretation = [] }) => interpretation),
    attachments,
  });
  const made: readonly FhirResource[] = [
    ...totals,
    ...observed.sites.map(({ observation }) => observation),
    ...observed.items,
    ...judged.panels,
    ...judged.observations,
    ...judged.risks,
    report,
  ];
  return [
    context.patient,
    context.device,
    ...(context.imagingStudy === undefined ? [] : [context.imagingStudy]),
    ...made,
    provenanceResource(context, made),
  ];
}

/** The search that finds a resource again, as a conditional create asks for. */
function searchFor(resource: FhirResource): string {
  if (resource.resourceType === "Provenance") {
    const [tag] = resource.meta?.tag ?? [];
    return `_tag=${token(tag?.system, tag?.code ?? "")}`;
  }
  const { system, value } = namingIdentifier(resource);
  return `identifier=${token(system, value)}`;
}

/** A person is found by the identifier of who issued it, where its system is known; anything else by its own name. */
function namingIdentifier(resource: Exclude<FhirResource, { readonly resourceType: "Provenance" }>): Identifier {
  const [own] = resource.identifier;
  const issued =
    resource.resourceType === "Patient"
      ? resource.identifier.find(({ system = "" }) => system.startsWith("urn:oid:"))
      : own;
  return issued ?? own ?? { value: "" };
}

/** A token of a search; what has a meaning there is escaped (https://hl7.org/fhir/R4/search.html#escaping). */
function token(system: string | undefined, value: string): string {
  return encodeURIComponent(`${system ?? ""}|${value.replace(/[\\,$|]/g, "\\$&")}`);
}
