import type { ReportInput } from "../report-input.ts";
import type { Device, ImagingStudy, Observation, Patient } from "./fhir-types.ts";
import type { ResourceIdentity } from "./resource-identity.ts";

/** What the resources of one bundle share. */
export interface BundleContext {
  readonly input: ReportInput;
  /** Of whom and of which study: part of the name of every resource, since two people may have equal numbers. */
  readonly about: { readonly patient: string; readonly study: string };
  readonly patient: Patient;
  readonly device: Device;
  /** Absent where no image was measured. */
  readonly imagingStudy?: ImagingStudy;
  /** YYYY-MM-DD of the study, where it is known. */
  readonly studyDay?: string;
}

/** Members that every observation of a bundle has. */
export function observationBase(
  { input, patient, device, studyDay }: BundleContext,
  { id, identifier }: ResourceIdentity,
): Pick<
  Observation,
  "resourceType" | "id" | "language" | "identifier" | "status" | "subject" | "effectiveDateTime" | "issued" | "device"
> {
  return {
    resourceType: "Observation",
    id,
    language: input.language,
    identifier: [identifier],
    status: "preliminary",
    subject: { reference: `urn:uuid:${patient.id}` },
    ...(studyDay === undefined ? {} : { effectiveDateTime: studyDay }),
    issued: input.createdAt,
    device: { reference: `urn:uuid:${device.id}` },
  };
}
