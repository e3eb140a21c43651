import { collectFacts, decide, factsOfResult, type GivenFact, catalog as packs, readFact } from "@etalon/decide";
import { catalog, type Result } from "@etalon/measure";
import { createFhirValidator, type FhirValidator, type MeasuredPhantom, measurePhantom } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReportInput } from "../report-input.ts";
import { fhirBundle } from "./fhir-bundle.ts";
import type { FhirBundle, FhirResource, Observation } from "./fhir-types.ts";

let phantom: MeasuredPhantom;
let validate: FhirValidator;

beforeAll(async () => {
  phantom = await measurePhantom();
  validate = await createFhirValidator();
});

const given: readonly GivenFact[] = [
  { id: "age", value: 62, unit: "a" },
  { id: "sex", value: "male" },
  { id: "ethnicity", value: "chinese" },
  { id: "total-cholesterol", value: 5.2, unit: "mmol/L" },
  { id: "hdl-cholesterol", value: 1.3, unit: "mmol/L" },
  { id: "systolic-blood-pressure", value: 130, unit: "mm[Hg]" },
  { id: "blood-pressure-medication", value: false },
  { id: "lipid-medication", value: false },
  { id: "diabetes", value: false },
  { id: "current-smoker", value: false },
  { id: "family-history-heart-attack", value: true },
];

function inputOf(more: Partial<ReportInput> = {}, facts: readonly GivenFact[] = given): ReportInput {
  const protocol = catalog.find(({ id }) => id === phantom.result.protocol.id);
  if (protocol === undefined) throw new Error("the catalogue lacks the phantom's protocol");
  return {
    result: phantom.result,
    protocol,
    verdicts: decide(packs, collectFacts([...facts.map(readFact), ...factsOfResult(phantom.result)])),
    context: phantom.context,
    sources: phantom.sources,
    keyImages: [],
    createdAt: "2026-03-01T12:00:00+01:00",
    language: "fr",
    ...more,
  };
}

function resourcesOf<T extends FhirResource["resourceType"]>(
  { entry }: FhirBundle,
  type: T,
): readonly Extract<FhirResource, { readonly resourceType: T }>[] {
  return entry
    .map(({ resource }) => resource)
    .filter((one): one is Extract<FhirResource, { readonly resourceType: T }> => one.resourceType === type);
}

describe("the FHIR bundle of a report", () => {
  it("is valid R4, whole and resource by resource, in both languages", () => {
    for (const language of ["en", "fr"] as const) {
      const bundle = fhirBundle(inputOf({ language, indication: "Bilan à 62 ans" }), [
        { contentType: "application/pdf", title: "Compte rendu", bytes: new TextEncoder().encode("%PDF-1.7") },
      ]);
      expect(validate(bundle)).toEqual([]);
      for (const { resource } of bundle.entry) expect(validate(resource)).toEqual([]);
      const types = new Set(bundle.entry.map(({ resource }) => resource.resourceType));
      expect(types.size).toBe(7);
      expect(new Set(bundle.entry.map(({ resource }) => resource.language))).toEqual(new Set([language]));
    }
  });

  it("holds every output of the result, its value to the last bit, its unit and its code", () => {
    const observations = resourcesOf(fhirBundle(inputOf()), "Observation");
    const read = observations.flatMap(numbersOf);
    const written = phantom.result.outputs.map(({ value, unit, code, site, item }) => ({
      value,
      unit,
      code: code.value,
      site: site !== undefined,
      item: item ?? null,
    }));
    expect(read.length).toBeGreaterThan(30);
    expect(read.map(sorted).sort()).toEqual(written.map(sorted).sort());
  });

  it("is the same, byte for byte, for the same input, and names the same resources at another time", () => {
    const first = fhirBundle(inputOf());
    expect(JSON.stringify(fhirBundle(inputOf()))).toBe(JSON.stringify(first));
    const later = fhirBundle(inputOf({ createdAt: "2027-01-01T00:00:00Z" }));
    expect(later.entry.map(({ request }) => request)).toEqual(first.entry.map(({ request }) => request));
    expect(later.timestamp).not.toBe(first.timestamp);
  });

  it("names a person's resources apart from another's whose numbers are equal", () => {
    const { context } = phantom;
    const other = { ...context, patient: { ...context.patient, id: "another" } };
    const names = (one: FhirBundle) => one.entry.map(({ request }) => request.ifNoneExist);
    const [mine, theirs] = [names(fhirBundle(inputOf())), names(fhirBundle(inputOf({ context: other })))];
    const shared = mine.filter((name) => theirs.includes(name));
    // The software and the study's own UID.
    expect(shared.map((name) => decodeURIComponent(name).includes("urn:dicom:uid"))).toEqual([false, true]);
  });

  it("searches for each resource by what it carries", () => {
    for (const { resource, request } of fhirBundle(inputOf()).entry) {
      const [name, value] = decodeURIComponent(request.ifNoneExist).split("=");
      const carried =
        resource.resourceType === "Provenance"
          ? (resource.meta?.tag ?? []).map(({ system, code }) => `${system}|${code}`)
          : resource.identifier.map((one) => `${one.system}|${one.value}`);
      expect(name).toBe(resource.resourceType === "Provenance" ? "_tag" : "identifier");
      expect(carried).toContain(value);
      expect(request.url).toBe(resource.resourceType);
    }
  });

  it("looks for a person by the identifier of an issuer that is an OID, and by nothing that others may share", () => {
    const asked = (patient: ReportInput["context"]["patient"]) => {
      const [first] = fhirBundle(inputOf({ context: { ...phantom.context, patient } })).entry;
      return decodeURIComponent(first?.request.ifNoneExist ?? "");
    };
    expect(asked({ id: "12|3", issuerOfId: "1.2.250.1.213" })).toBe("identifier=urn:oid:1.2.250.1.213|12\\|3");
    expect(asked({ id: "12", issuerOfId: "CHU" })).toMatch(/^identifier=urn:ietf:rfc:3986\|urn:uuid:/);
    expect(asked({ id: "12", issuerOfId: "CHU" })).not.toBe(asked({ id: "12", issuerOfId: "CHR" }));
    const elsewhere = { ...phantom.context, patient: {}, study: { instanceUid: "1.2.3" } };
    const [nameless] = fhirBundle(inputOf({ context: elsewhere })).entry;
    expect(asked({})).not.toBe(decodeURIComponent(nameless?.request.ifNoneExist ?? ""));
  });

  it("says nothing as final: nobody has signed", () => {
    const bundle = fhirBundle(inputOf());
    const statuses = bundle.entry.flatMap(({ resource }) => ("status" in resource ? [resource.status] : []));
    expect(new Set(statuses)).toEqual(new Set(["preliminary", "partial", "available"]));
    const provisional: Result = { ...phantom.result, provisional: true };
    const [report] = resourcesOf(fhirBundle(inputOf({ result: provisional })), "DiagnosticReport");
    expect(report?.conclusion).toMatch(/Résultat provisoire.*Non signé par un médecin\..*dispositif médical/su);
    const notes = resourcesOf(fhirBundle(inputOf({ result: provisional })), "Observation").flatMap(({ note = [] }) =>
      note.map(({ text }) => text),
    );
    expect(notes.some((text) => text.startsWith("Provisoire"))).toBe(true);
  });

  it("names the sites by SNOMED CT and the category on the total", () => {
    const observations = resourcesOf(fhirBundle(inputOf()), "Observation");
    const total = observations.find(
      ({ code, bodySite }) => isAgatston(code) && bodySite?.coding?.[0]?.code === "41801008",
    );
    const members = (total?.hasMember ?? []).map(({ reference }) =>
      observations.find(({ id }) => reference === `urn:uuid:${id}`),
    );
    // PS3.16 CID 3015: LAD, LCX, LM, RCA.
    expect(members.map((member) => member?.bodySite?.coding?.[0]?.code).sort()).toEqual([
      "13647002",
      "3227004",
      "57396003",
      "59438005",
    ]);
    expect(total?.code.coding?.map(({ code }) => code)).toEqual(["112058", "450734004"]);
    expect(total?.interpretation?.map(({ coding = [] }) => coding[0]?.code)).toContain(
      "calcium-categories/guideline#category=>=1000",
    );
  });

  it("carries risks as percent of a RiskAssessment, the same numbers as the verdict", () => {
    const input = inputOf();
    const bundle = fhirBundle(input);
    const risks = resourcesOf(bundle, "RiskAssessment");
    const verdict = input.verdicts?.verdicts.find(({ rule }) => rule === "mesa-chd-risk/with-calcium");
    const risk = risks.find(({ code }) => code.coding?.[0]?.code === "mesa-chd-risk/with-calcium");
    expect(verdict?.outcome).toBe("applies");
    expect(risk?.prediction.map(({ probabilityDecimal }) => probabilityDecimal)).toEqual([
      verdict?.value?.["riskWithoutCalciumPercent"],
      verdict?.value?.["riskWithCalciumPercent"],
    ]);
    const verdicts = resourcesOf(bundle, "Observation").filter(({ valueCodeableConcept }) => valueCodeableConcept);
    expect(verdicts.length + risks.length).toBe(input.verdicts?.verdicts.length);
  });

  it("names a missing fact by its code, and keeps a sensitive one to itself", () => {
    const withoutAge = fhirBundle(
      inputOf(
        {},
        given.filter(({ id }) => id !== "age" && id !== "ethnicity"),
      ),
    );
    const missing = resourcesOf(withoutAge, "Observation")
      .flatMap(({ component = [] }) => component)
      .filter(({ dataAbsentReason }) => dataAbsentReason?.coding?.[0]?.code === "unknown");
    expect(missing.flatMap(({ code }) => code.coding?.map((one) => one.code) ?? [])).toEqual(
      expect.arrayContaining(["fact/age", "fact/ethnicity"]),
    );
    const bundle = fhirBundle(inputOf());
    const masked = resourcesOf(bundle, "Observation")
      .flatMap(({ component = [] }) => component)
      .filter(({ dataAbsentReason }) => dataAbsentReason?.coding?.[0]?.code === "masked");
    expect(new Set(masked.map(({ code }) => code.coding?.[0]?.code))).toEqual(new Set(["fact/ethnicity"]));
    expect(JSON.stringify(bundle)).not.toMatch(/chinese|chinoise/i);
  });

  it("keeps the way back: every instance with its UID and SHA-256, the result's digest, the software", () => {
    const [provenance] = resourcesOf(fhirBundle(inputOf()), "Provenance");
    const sources = (provenance?.entity ?? []).filter(({ role }) => role === "source");
    expect(sources.map(({ what, extension }) => [what.identifier?.value, extension?.[0]?.valueString])).toEqual(
      phantom.result.recipe.inputs.map(({ uid, dataSetSha256 }) => [`urn:oid:${uid}`, dataSetSha256]),
    );
    expect(provenance?.entity.map(({ what }) => what.identifier?.value)).toContain(phantom.result.digest);
    expect(provenance?.recorded).toBe("2026-03-01T12:00:00+01:00");
    const [study] = resourcesOf(fhirBundle(inputOf()), "ImagingStudy");
    expect(study?.series?.flatMap(({ instance = [] }) => instance).length).toBe(phantom.result.recipe.inputs.length);
    expect(study?.identifier[0]?.value).toBe(`urn:oid:${phantom.context.study.instanceUid}`);
  });

  it("holds the documents it is given", () => {
    const bytes = new TextEncoder().encode("<!doctype html><title>Éléonore</title>");
    const [report] = resourcesOf(
      fhirBundle(inputOf(), [{ contentType: "text/html", title: "Compte rendu", bytes }]),
      "DiagnosticReport",
    );
    const [form] = report?.presentedForm ?? [];
    expect(new Uint8Array(Buffer.from(form?.data ?? "", "base64"))).toEqual(bytes);
    expect(form).toMatchObject({ contentType: "text/html", language: "fr", size: bytes.length });
  });

  it("is valid without study, images, verdicts or anything known of the person", () => {
    const bundle = fhirBundle(
      inputOf({
        verdicts: null,
        sources: [],
        context: { patient: {}, study: { instanceUid: "" } },
        result: { ...phantom.result, ledger: {}, recipe: { ...phantom.result.recipe, inputs: [], roles: [] } },
      }),
    );
    expect(validate(bundle)).toEqual([]);
    expect(resourcesOf(bundle, "ImagingStudy")).toEqual([]);
    expect(resourcesOf(bundle, "Patient")[0]).not.toHaveProperty("birthDate");
  });

  it("is valid for a protocol that measures no image", () => {
    const protocol = catalog.find(({ id }) => id === "vascular/doppler-resistive-index");
    if (protocol === undefined) throw new Error("the catalogue lacks the resistive index");
    const result: Result = {
      ...phantom.result,
      protocol: { id: protocol.id, version: protocol.version },
      outputs: [
        {
          id: "resistive-index",
          value: 2 / 3,
          unit: "1",
          code: { value: "12023-8", scheme: "LN", meaning: "Resistivity Index" },
        },
      ],
      recipe: { ...phantom.result.recipe, inputs: [], roles: [] },
    };
    const bundle = fhirBundle(inputOf({ result, protocol, verdicts: null, sources: [] }));
    expect(validate(bundle)).toEqual([]);
    const [observation, ...others] = resourcesOf(bundle, "Observation");
    expect(observation?.code.coding).toEqual([
      { system: "http://loinc.org", code: "12023-8", display: "Resistivity Index" },
    ]);
    expect(observation?.valueQuantity).toEqual({
      value: 2 / 3,
      unit: "1",
      system: "http://unitsofmeasure.org",
      code: "1",
    });
    expect(others).toEqual([]);
  });

  it("is valid whatever a reader called a site, and its narrative is XML", () => {
    for (const label of ["<b>&\"'", " ", "\u0001", "=1+1", "\u{1F600}", "a  b"]) {
      const outputs = phantom.result.outputs.map((one) => (one.site === "LM" ? { ...one, site: label } : one));
      const bundle = fhirBundle(inputOf({ result: { ...phantom.result, outputs } }));
      expect(validate(bundle)).toEqual([]);
      for (const { resource } of bundle.entry) {
        const tags = resource.text.div.match(/<[^>]*>/g) ?? [];
        expect(tags.every((tag) => /^<(\/?p|\/?div( [^<>]*)?)>$/.test(tag))).toBe(true);
      }
    }
  });

  it("has no string that R4's pattern of strings leaves out, no-break spaces among them", () => {
    const bundle = fhirBundle(
      inputOf({ indication: "Douleur\u00A0?\u202F!", result: { ...phantom.result, provisional: true } }),
    );
    const strings: string[] = [];
    JSON.stringify(bundle, (name, value: unknown) => {
      if (typeof value === "string" && name !== "div") strings.push(value);
      return value;
    });
    // https://hl7.org/fhir/R4/datatypes.html#string
    expect(strings.filter((text) => !/^[ \r\n\t\S]+$/.test(text) || text.trim() !== text)).toEqual([]);
    expect(strings).toContain("Douleur ? !");
    expect(bundle.entry.some(({ resource }) => resource.text.div.includes("\u202F:"))).toBe(true);
  });

  it("refuses a time that is no instant, naming it", () => {
    expect(() => fhirBundle(inputOf({ createdAt: "2026-03-01" }))).toThrow(
      expect.objectContaining({ code: "wrong-type", field: "createdAt" }),
    );
  });
});

describe("the validator of the tests", () => {
  const broken: readonly (readonly [string, (observation: Observation) => object, RegExp])[] = [
    ["a missing status", ({ status: _, ...rest }) => rest, /Missing required property \(Observation.status\)/],
    [
      "a status that is no code of its value set",
      (one) => ({ ...one, status: "done" }),
      /done is not a code of .*observation-status/,
    ],
    ["a code that is a text", (one) => ({ ...one, code: "112058" }), /Observation.code/],
    ["a property that R4 has not", (one) => ({ ...one, score: 12 }), /Invalid additional property "score"/],
    ["a day that no calendar has", (one) => ({ ...one, effectiveDateTime: "2026-02-30" }), /effective/],
    ["an instant without time", (one) => ({ ...one, issued: "2026-02-03" }), /Invalid instant format/],
    ["a value beside the reason why there is none", (one) => ({ ...one, dataAbsentReason: { text: "?" } }), /obs-6/],
    ["a number that is a text", (one) => ({ ...one, valueQuantity: { ...one.valueQuantity, value: "12" } }), /value/],
  ];

  it.each(broken)("finds %s, alone and in a bundle", (_, breakIt, problem) => {
    const bundle = fhirBundle(inputOf());
    const at = bundle.entry.findIndex(({ resource }) => "valueQuantity" in resource);
    const entry = bundle.entry[at];
    if (entry?.resource.resourceType !== "Observation") throw new Error("no observation with a value");
    const changed = breakIt(entry.resource);
    expect(validate(changed).join("\n")).toMatch(problem);
    const entries = bundle.entry.map((one, index) => (index === at ? { ...one, resource: changed } : one));
    expect(validate({ ...bundle, entry: entries })).not.toEqual([]);
  });

  it("finds a risk above 100 percent", () => {
    const [risk] = resourcesOf(fhirBundle(inputOf()), "RiskAssessment");
    const prediction = [{ ...risk?.prediction[0], probabilityDecimal: 101 }];
    expect(validate({ ...risk, prediction }).join()).toMatch(/ras-2/);
  });

  it("finds an entry without request, a reference that leads out, a name given twice", () => {
    const bundle = fhirBundle(inputOf());
    const [first, ...rest] = bundle.entry;
    expect(validate({ ...bundle, entry: [{ ...first, request: undefined }, ...rest] }).join()).toMatch(/bdl-3/);
    expect(validate({ ...bundle, entry: rest }).join()).toMatch(/is no entry of the bundle/);
    expect(validate({ ...bundle, entry: [first, first, ...rest] }).join()).toMatch(/is the fullUrl of two entries/);
  });
});

interface ReadNumber {
  readonly value: number | undefined;
  readonly unit: string | undefined;
  readonly code: string | undefined;
  readonly site: boolean;
  readonly item: string | null;
}

/** The numbers of the images that an observation holds, each with its place. */
function numbersOf({ category, code, valueQuantity, bodySite, component = [] }: Observation): readonly ReadNumber[] {
  if (category?.[0]?.coding?.[0]?.code !== "imaging") return [];
  const isTotal = bodySite?.coding?.[0]?.code === "41801008";
  if (valueQuantity !== undefined) {
    const { value, code: unit } = valueQuantity;
    return [{ value, unit, code: code.coding?.[0]?.code, site: !isTotal, item: null }];
  }
  return component.map((one) => ({
    value: one.valueQuantity?.value,
    unit: one.valueQuantity?.code,
    code: one.code.coding?.[0]?.code,
    site: !isTotal,
    item: code.text ?? null,
  }));
}

function sorted(number: ReadNumber): string {
  return JSON.stringify([number.code, number.item, number.site, number.unit, number.value]);
}

function isAgatston({ coding = [] }: Observation["code"]): boolean {
  return coding[0]?.code === "112058";
}
