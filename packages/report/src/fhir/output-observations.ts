import type { Text } from "@etalon/base";
import type { Result } from "@etalon/measure";
import { protocolConcepts } from "../dicom/protocol-concepts.ts";
import { siteConcept } from "../dicom/site-concept.ts";
import { number } from "../document/inline.ts";
import { inlineText } from "../text/inline-text.ts";
import { shownUnit } from "../text/shown-unit.ts";
import { siteName } from "../text/site-names.ts";
import { type BundleContext, observationBase } from "./bundle-context.ts";
import { codingOf, etalonCoding, hl7Coding } from "./code-systems.ts";
import type { CodeableConcept, Observation, Quantity, Reference } from "./fhir-types.ts";
import { freeText } from "./free-text.ts";
import { narrative } from "./narrative.ts";
import { resourceIdentity } from "./resource-identity.ts";
import { labelled, shownText } from "./shown-text.ts";

/** A number of a result. */
type Output = Result["outputs"][number];

/** A number of the result and the observation that carries it. */
interface ObservedOutput {
  readonly output: Output;
  readonly observation: Observation;
}

/** The observations of a result. */
export interface OutputObservations {
  readonly totals: readonly ObservedOutput[];
  readonly sites: readonly ObservedOutput[];
  /** One an item; its numbers are components. */
  readonly items: readonly Observation[];
}

/** What else codes an output, beside the result's own code; seen in HL7 Lithuania's CVD guide, coronary-calcium-score-lt-cvd. */
const otherCodes: Readonly<
  Record<string, { readonly scheme: string; readonly value: string; readonly meaning: string }>
> = {
  "coronary/calcium-score agatston-score": {
    scheme: "SCT",
    value: "450734004",
    meaning: "Coronary artery calcium score (assessment scale)",
  },
};

const provisional: Text = {
  en: "Provisional: a reader's marks are still needed before this number counts.",
  fr: "Provisoire : les marques d'un lecteur sont encore nécessaires pour que ce chiffre compte.",
};

/**
 * The numbers of a result as observations: one for each total, one for each site (a member of its total, with the site as
 * body site), one for each item (lesion) with its numbers as components. Values and UCUM units are the result's, unrounded.
 *
 * @param interpretations categories that published scales give to a total, by output id
 */
export function outputObservations(
  context: BundleContext,
  interpretations: ReadonlyMap<string, readonly CodeableConcept[]>,
): OutputObservations {
  const { outputs } = context.input.result;
  const sites = outputs
    .filter(({ site, item }) => site !== undefined && item === undefined)
    .map((output) => ({ output, observation: numberObservation(context, output, {}) }));
  const totals = outputs
    .filter(({ site, item }) => site === undefined && item === undefined)
    .map((output) => {
      const hasMember = sites
        .filter((member) => member.output.id === output.id)
        .map(({ observation }) => ({ reference: `urn:uuid:${observation.id}` }));
      const interpretation = interpretations.get(output.id) ?? [];
      return { output, observation: numberObservation(context, output, { hasMember, interpretation }) };
    });
  const items = [...Map.groupBy(outputs.filter(isOfItem), ({ site, item }) => JSON.stringify([site, item])).values()];
  return { totals, sites, items: items.map((numbers) => itemObservation(context, numbers)) };
}

type ItemOutput = Output & { readonly item: string };

function isOfItem(output: Output): output is ItemOutput {
  return output.item !== undefined;
}

function numberObservation(
  context: BundleContext,
  output: Output,
  more: { readonly hasMember?: readonly Reference[]; readonly interpretation?: readonly CodeableConcept[] },
): Observation {
  const { input, about } = context;
  const identity = resourceIdentity("Observation", {
    ...about,
    result: input.result.digest,
    output: output.id,
    site: output.site ?? null,
  });
  const code = codeOf(context, output);
  const site = output.site === undefined ? "" : ` (${siteName(output.site).name[input.language]})`;
  return {
    ...observationBase(context, identity),
    text: narrative(
      [labelled(`${code.text ?? output.id}${site}`, shownOutput(context, output), input.language)],
      input.language,
    ),
    ...measuredOn(context, output.site),
    code,
    valueQuantity: quantityOf(context, output),
    ...(more.interpretation === undefined || more.interpretation.length === 0
      ? {}
      : { interpretation: more.interpretation }),
    ...(more.hasMember === undefined || more.hasMember.length === 0 ? {} : { hasMember: more.hasMember }),
  };
}

function itemObservation(context: BundleContext, numbers: readonly ItemOutput[]): Observation {
  const { input, about } = context;
  const [{ site, item } = { site: undefined, item: "" }] = numbers;
  const identity = resourceIdentity("Observation", {
    ...about,
    result: input.result.digest,
    site: site ?? null,
    item,
  });
  const finding = protocolConcepts(input.result.protocol.id).finding;
  const lines = numbers.map((output) =>
    labelled(codeOf(context, output).text ?? output.id, shownOutput(context, output), input.language),
  );
  return {
    ...observationBase(context, identity),
    text: narrative([item, ...lines], input.language),
    ...measuredOn(context, site),
    code: { coding: [...(finding === undefined ? [] : [codingOf(finding)]), etalonCoding("item", item)], text: item },
    component: numbers.map((output) => ({ code: codeOf(context, output), valueQuantity: quantityOf(context, output) })),
  };
}

/** What the observations of images share. */
function measuredOn(
  { input, imagingStudy }: BundleContext,
  site: string | undefined,
): Pick<Observation, "category" | "note" | "bodySite" | "derivedFrom"> {
  const bodySite = bodySiteOf(input.result.protocol.id, site, input.language);
  return {
    category: [{ coding: [hl7Coding("observation-category", "imaging", "Imaging")] }],
    ...(input.result.provisional ? { note: [{ text: shownText(provisional, input.language) }] } : {}),
    ...(bodySite === undefined ? {} : { bodySite }),
    ...(imagingStudy === undefined ? {} : { derivedFrom: [{ reference: `urn:uuid:${imagingStudy.id}` }] }),
  };
}

function bodySiteOf(protocolId: string, site: string | undefined, language: keyof Text): CodeableConcept | undefined {
  const concept = site === undefined ? protocolConcepts(protocolId).site : siteConcept(site);
  if (site === undefined)
    return concept === undefined || concept === null ? undefined : { coding: [codingOf(concept)] };
  const text = freeText(siteName(site).name[language]) || "–";
  return concept === undefined || concept === null ? { text } : { coding: [codingOf(concept)], text };
}

function codeOf({ input }: BundleContext, { id, code, site, item }: Output): CodeableConcept {
  const { outputs } = input.protocol;
  const title = Object.hasOwn(outputs, id) ? outputs[id]?.title : undefined;
  const other = site === undefined && item === undefined ? otherCodes[`${input.result.protocol.id} ${id}`] : undefined;
  return {
    coding: [codingOf(code), ...(other === undefined ? [] : [codingOf(other)])],
    text: title === undefined ? code.meaning : shownText(title, input.language),
  };
}

function quantityOf({ input }: BundleContext, { value, unit }: Output): Quantity {
  return {
    value,
    unit: shownUnit(unit, input.language) || unit,
    system: "http://unitsofmeasure.org",
    code: unit,
  };
}

function shownOutput({ input }: BundleContext, output: Output): string {
  return inlineText(number(output, { kind: "result", output: output.id }), input.language);
}
