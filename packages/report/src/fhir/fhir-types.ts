import type { Language } from "@etalon/base";

// The parts of FHIR R4 (4.0.1) that a bundle of this package uses, named as there: https://hl7.org/fhir/R4/.

/** A code of a terminology; `system` is its URI. */
export interface Coding {
  readonly system?: string;
  readonly version?: string;
  readonly code: string;
  readonly display?: string;
}

/** A concept in codes, and in words of the bundle's language. */
export interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

/** What names a thing; `system` is the URI within which the value is unique. */
export interface Identifier {
  readonly type?: CodeableConcept;
  readonly system?: string;
  readonly value: string;
  readonly assigner?: Reference;
}

/** Another resource, `urn:uuid:` and its id within a bundle, or what is known of it. */
export interface Reference {
  readonly reference?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
}

/** A number with its UCUM unit in `code`; `unit` is how people write it. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly system: "http://unitsofmeasure.org";
  readonly code: string;
}

/** A remark. */
export interface Annotation {
  readonly text: string;
}

/** What every resource here carries besides its own. */
interface ResourceBase {
  readonly id: string;
  readonly meta?: { readonly tag: readonly Coding[] };
  readonly language: Language;
  readonly text: { readonly status: "generated"; readonly div: string };
}

/** A person's name. */
export interface HumanName {
  readonly extension?: readonly { readonly url: string; readonly valueCode: string }[];
  readonly text: string;
  readonly family?: string;
  readonly given?: readonly string[];
  readonly prefix?: readonly string[];
  readonly suffix?: readonly string[];
}

/** Of whom the images are. */
export interface Patient extends ResourceBase {
  readonly resourceType: "Patient";
  readonly identifier: readonly Identifier[];
  readonly name?: readonly HumanName[];
  readonly gender?: "male" | "female" | "other";
  readonly birthDate?: string;
}

/** The software. */
export interface Device extends ResourceBase {
  readonly resourceType: "Device";
  readonly identifier: readonly Identifier[];
  readonly deviceName: readonly { readonly name: string; readonly type: "user-friendly-name" }[];
  readonly type: CodeableConcept;
  readonly version: readonly { readonly type: CodeableConcept; readonly value: string }[];
  readonly note: readonly Annotation[];
}

/** The study that was measured. */
export interface ImagingStudy extends ResourceBase {
  readonly resourceType: "ImagingStudy";
  readonly identifier: readonly Identifier[];
  readonly status: "available";
  readonly modality?: readonly Coding[];
  readonly subject: Reference;
  readonly started?: string;
  readonly referrer?: Reference;
  readonly reasonCode?: readonly CodeableConcept[];
  readonly description?: string;
  readonly series?: readonly {
    readonly uid: string;
    readonly modality: Coding;
    readonly description?: string;
    readonly instance?: readonly { readonly uid: string; readonly sopClass: Coding }[];
  }[];
}

/** The value of an observation or of a component, or why there is none. */
export interface ObservedValue {
  readonly valueQuantity?: Quantity;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueBoolean?: boolean;
  readonly dataAbsentReason?: CodeableConcept;
}

/** One of several values of an observation. */
export interface ObservationComponent extends ObservedValue {
  readonly code: CodeableConcept;
}

/** A number of the result, or a verdict. */
export interface Observation extends ResourceBase, ObservedValue {
  readonly resourceType: "Observation";
  readonly identifier: readonly Identifier[];
  readonly status: "preliminary";
  readonly category?: readonly CodeableConcept[];
  readonly code: CodeableConcept;
  readonly subject: Reference;
  readonly effectiveDateTime?: string;
  readonly issued: string;
  readonly interpretation?: readonly CodeableConcept[];
  readonly note?: readonly Annotation[];
  readonly bodySite?: CodeableConcept;
  readonly method?: CodeableConcept;
  readonly device: Reference;
  readonly hasMember?: readonly Reference[];
  readonly derivedFrom?: readonly Reference[];
  readonly component?: readonly ObservationComponent[];
}

/** A risk equation that applies; `probabilityDecimal` is in percent, 0 to 100. */
export interface RiskAssessment extends ResourceBase {
  readonly resourceType: "RiskAssessment";
  readonly identifier: readonly Identifier[];
  readonly status: "preliminary";
  readonly method: CodeableConcept;
  readonly code: CodeableConcept;
  readonly subject: Reference;
  readonly occurrenceDateTime: string;
  readonly performer: Reference;
  readonly basis?: readonly Reference[];
  readonly prediction: readonly { readonly outcome: CodeableConcept; readonly probabilityDecimal: number }[];
  readonly note?: readonly Annotation[];
}

/** A document; `data` is base64, `size` its bytes. */
export interface Attachment {
  readonly contentType: string;
  readonly language: Language;
  readonly data: string;
  readonly size: number;
  readonly title: string;
  readonly creation: string;
}

/** The report. */
export interface DiagnosticReport extends ResourceBase {
  readonly resourceType: "DiagnosticReport";
  readonly identifier: readonly Identifier[];
  readonly status: "partial" | "final" | "appended";
  readonly category: readonly CodeableConcept[];
  readonly code: CodeableConcept;
  readonly subject: Reference;
  readonly effectiveDateTime?: string;
  readonly issued: string;
  readonly resultsInterpreter?: readonly { readonly display: string }[];
  readonly result: readonly Reference[];
  readonly imagingStudy?: readonly Reference[];
  readonly conclusion: string;
  readonly conclusionCode?: readonly CodeableConcept[];
  readonly presentedForm?: readonly Attachment[];
}

/** Where the rest comes from. */
export interface Provenance extends ResourceBase {
  readonly resourceType: "Provenance";
  readonly target: readonly Reference[];
  readonly recorded: string;
  readonly activity: CodeableConcept;
  readonly agent: readonly { readonly type: CodeableConcept; readonly who: Reference }[];
  readonly entity: readonly {
    readonly extension?: readonly { readonly url: string; readonly valueString: string }[];
    readonly role: "source" | "derivation";
    readonly what: Reference;
  }[];
}

/** A resource of a bundle. */
export type FhirResource =
  | Patient
  | Device
  | ImagingStudy
  | Observation
  | RiskAssessment
  | DiagnosticReport
  | Provenance;

/** A FHIR R4 Bundle of type `transaction`. */
export interface FhirBundle {
  readonly resourceType: "Bundle";
  readonly id: string;
  readonly language: Language;
  readonly identifier: Identifier;
  readonly type: "transaction";
  readonly timestamp: string;
  readonly entry: readonly {
    readonly fullUrl: string;
    readonly resource: FhirResource;
    readonly request: { readonly method: "POST"; readonly url: string; readonly ifNoneExist: string };
  }[];
}
