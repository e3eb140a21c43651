import type { BundleContext } from "./bundle-context.ts";
import { dicomUidSystem, etalonCoding, etalonSystem, hl7Coding } from "./code-systems.ts";
import type { FhirResource, Provenance } from "./fhir-types.ts";
import { freeText } from "./free-text.ts";
import { narrative } from "./narrative.ts";
import { resourceIdentity } from "./resource-identity.ts";

/** Of the extension that holds the SHA-256 (hexadecimal) of a DICOM object's data set, all that follows group 0002. */
const dataSetSha256Url = "urn:oid:2.25.173946289346724233527276963621477436901";

/**
 * Where everything else of the bundle comes from: the software, who marked the images, each DICOM instance with its UID and
 * the SHA-256 of its data set, the digest of the result and of the verdicts. R4 gives a Provenance no identifier, so its
 * name is a tag.
 */
export function provenanceResource(context: BundleContext, targets: readonly FhirResource[]): Provenance {
  const { input, about, device } = context;
  const { result, verdicts, language } = input;
  const { id } = resourceIdentity("Provenance", {
    ...about,
    result: result.digest,
    verdicts: verdicts?.digest ?? null,
    language,
  });
  const author = freeText(result.recipe.marks?.author?.name);
  return {
    resourceType: "Provenance",
    id,
    meta: { tag: [etalonCoding(id)] },
    language,
    text: narrative([`Etalon ${result.build.etalon}, ${result.digest}`], language),
    target: targets.map((target) => ({ reference: `urn:uuid:${target.id}` })),
    recorded: input.createdAt,
    activity: { coding: [hl7Coding("v3-DataOperation", "CREATE", "create")] },
    agent: [
      {
        type: { coding: [hl7Coding("provenance-participant-type", "assembler", "Assembler")] },
        who: { reference: `urn:uuid:${device.id}` },
      },
      ...(author === ""
        ? []
        : [
            {
              type: { coding: [hl7Coding("provenance-participant-type", "enterer", "Enterer")] },
              who: { display: author },
            },
          ]),
    ],
    entity: [
      ...result.recipe.inputs.map(({ uid, dataSetSha256 }) => ({
        extension: [{ url: dataSetSha256Url, valueString: dataSetSha256 }],
        role: "source" as const,
        what: { identifier: { system: dicomUidSystem, value: `urn:oid:${uid}` } },
      })),
      digestEntity(result.schema, result.digest),
      ...(verdicts === null ? [] : [digestEntity(verdicts.schema, verdicts.digest)]),
    ],
  };
}

function digestEntity(schema: string, digest: string): Provenance["entity"][number] {
  return {
    role: "derivation",
    what: { identifier: { system: etalonSystem, value: digest }, display: schema },
  };
}
