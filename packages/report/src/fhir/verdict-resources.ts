import type { Language } from "@etalon/base";
import { definitionOf, factsOfRule, isFactId, type Verdict, type Verdicts } from "@etalon/decide";
import { ruleOf } from "../document/rule-of.ts";
import { valueLines } from "../document/value-line.ts";
import { inlineText } from "../text/inline-text.ts";
import { type BundleContext, observationBase } from "./bundle-context.ts";
import { etalonCoding, hl7Coding } from "./code-systems.ts";
import type { Annotation, CodeableConcept, Observation, Reference, RiskAssessment } from "./fhir-types.ts";
import { freeText } from "./free-text.ts";
import { narrative } from "./narrative.ts";
import { resourceIdentity } from "./resource-identity.ts";
import { labelled, shownText } from "./shown-text.ts";
import { bandConcept, keyConcept, verdictComponents } from "./verdict-values.ts";
import { verdictWords } from "./verdict-words.ts";

/** The keys of a rule's value that are the risk of an event, in percent. */
const riskKey = /risk[A-Za-z]*Percent$/i;

/** Whether a verdict is nothing but risks of an event: what FHIR has a resource of its own for. */
function isRisk({ kind, outcome, value = {} }: Verdict): boolean {
  const values = Object.entries(value);
  return (
    kind === "risk-equation" &&
    outcome === "applies" &&
    values.length > 0 &&
    values.every(([key, one]) => riskKey.test(key) && typeof one === "number" && one >= 0 && one <= 100)
  );
}

/** What verdicts became. */
export interface VerdictResources {
  /** One a pack, its verdicts as members; what the report lists. */
  readonly panels: readonly Observation[];
  readonly observations: readonly Observation[];
  readonly risks: readonly RiskAssessment[];
}

/**
 * Verdicts as resources: a risk equation that applies is a RiskAssessment, any other verdict an Observation whose value is
 * the outcome; the observations of one pack are members of one panel, since FHIR R4's report lists observations only.
 *
 * @param totals the observation of each total, by output id: what a verdict that reads this output is derived from
 */
export function verdictResources(
  context: BundleContext,
  verdicts: Verdicts | null,
  totals: ReadonlyMap<string, Reference>,
): VerdictResources {
  const all = verdicts?.verdicts ?? [];
  const digest = verdicts?.digest ?? "";
  const risks = all.filter(isRisk).map((verdict) => riskAssessment(context, { verdict, digest, totals }));
  const packs = (verdicts?.packs ?? []).map(({ id, version }) => {
    const members = all
      .filter((verdict) => verdict.pack === id && !isRisk(verdict))
      .map((verdict) => verdictObservation(context, { verdict, digest, totals }));
    return { members, panel: packPanel(context, { id, version, digest, members }) };
  });
  return {
    panels: packs.filter(({ members }) => members.length > 0).map(({ panel }) => panel),
    observations: packs.flatMap(({ members }) => members),
    risks,
  };
}

/** Categories that published scales give to a total, by the output that the scale reads. */
export function interpretationsOf(context: BundleContext): ReadonlyMap<string, readonly CodeableConcept[]> {
  const interpretations = new Map<string, CodeableConcept[]>();
  for (const { rule, outcome, value } of context.input.verdicts?.verdicts ?? []) {
    const computation = ruleOf({ rule })?.computation;
    if (outcome !== "applies" || computation?.kind !== "bands") continue;
    const code = value?.[computation.gives];
    if (typeof code !== "string") continue;
    const concept = bandConcept({ rule, key: computation.gives, code }, context.input.language);
    interpretations.set(computation.fact, [...(interpretations.get(computation.fact) ?? []), concept]);
  }
  return interpretations;
}

interface Judged {
  readonly verdict: Verdict;
  readonly digest: string;
  readonly totals: ReadonlyMap<string, Reference>;
}

function verdictObservation(context: BundleContext, { verdict, digest, totals }: Judged): Observation {
  const { language } = context.input;
  const identity = resourceIdentity("Observation", { ...context.about, verdicts: digest, rule: verdict.rule });
  const outcome = shownText(verdictWords[verdict.outcome], language);
  const components = verdictComponents(verdict, language);
  const derivedFrom = readTotals(verdict, totals);
  return {
    ...observationBase(context, identity),
    text: narrative(
      [
        labelled(verdict.title[language], outcome, language),
        ...saidBy(context, verdict),
        ...shownValues(verdict, language),
      ],
      language,
    ),
    category: [{ coding: [hl7Coding("observation-category", "survey", "Survey")] }],
    code: ruleConcept(context, verdict),
    valueCodeableConcept: { coding: [etalonCoding(`outcome=${verdict.outcome}`, verdict.outcome)], text: outcome },
    ...notesOf(context, verdict),
    method: { text: sourceText(verdict) },
    ...(derivedFrom.length === 0 ? {} : { derivedFrom }),
    ...(components.length === 0 ? {} : { component: components }),
  };
}

function riskAssessment(context: BundleContext, { verdict, digest, totals }: Judged): RiskAssessment {
  const { language, createdAt } = context.input;
  const { id, identifier } = resourceIdentity("RiskAssessment", {
    ...context.about,
    verdicts: digest,
    rule: verdict.rule,
  });
  const basis = readTotals(verdict, totals);
  const risks = Object.entries(verdict.value ?? {}).filter((entry): entry is [string, number] => {
    return typeof entry[1] === "number";
  });
  return {
    resourceType: "RiskAssessment",
    id,
    language,
    text: narrative([shownText(verdict.title, language), ...shownValues(verdict, language)], language),
    identifier: [identifier],
    status: "preliminary",
    method: { text: sourceText(verdict) },
    code: ruleConcept(context, verdict),
    subject: { reference: `urn:uuid:${context.patient.id}` },
    occurrenceDateTime: createdAt,
    performer: { reference: `urn:uuid:${context.device.id}` },
    ...(basis.length === 0 ? {} : { basis }),
    prediction: risks.map(([key, percent]) => ({
      outcome: keyConcept(verdict.rule, key, language),
      probabilityDecimal: percent,
    })),
    ...notesOf(context, verdict),
  };
}

function packPanel(
  context: BundleContext,
  pack: {
    readonly id: string;
    readonly version: string;
    readonly digest: string;
    readonly members: readonly Observation[];
  },
): Observation {
  const { language } = context.input;
  const identity = resourceIdentity("Observation", { ...context.about, verdicts: pack.digest, pack: pack.id });
  const title = shownText(verdictWords.verdicts, language);
  return {
    ...observationBase(context, identity),
    text: narrative([labelled(title, `${pack.id} ${pack.version}`, language)], language),
    category: [{ coding: [hl7Coding("observation-category", "survey", "Survey")] }],
    code: { coding: [{ ...etalonCoding(`pack/${pack.id}`), version: pack.version }], text: pack.id },
    hasMember: pack.members.map(({ id }) => ({ reference: `urn:uuid:${id}` })),
  };
}

function ruleConcept({ input }: BundleContext, { rule, title }: Verdict): CodeableConcept {
  return { coding: [etalonCoding(rule)], text: shownText(title, input.language) };
}

/** Citation, edition, table and DOI: literature is named in its own language. */
function sourceText({ source }: Verdict): string {
  const parts = [source.citation, source.edition, source.table, source.doi ?? source.document];
  return freeText(parts.filter((part) => part !== undefined && part.trim() !== "").join("; "));
}

/** Each key of a verdict's value, with its title, as a person reads it. */
function shownValues(verdict: Verdict, language: Language): readonly string[] {
  return valueLines(verdict).map((line) => line.map((inline) => inlineText(inline, language)).join(""));
}

/** What the rule says, where it applies. */
function saidBy({ input }: BundleContext, { outcome, statement }: Verdict): readonly string[] {
  return outcome === "applies" ? [shownText(statement, input.language)] : [];
}

/** What the rule says where it applies, what limits it, and which sensitive facts it was computed from: their values are withheld. */
function notesOf(context: BundleContext, verdict: Verdict): { readonly note?: readonly Annotation[] } {
  const { language } = context.input;
  const titles = (verdict.needsAgain ?? []).map((fact) => (isFactId(fact) ? definitionOf(fact).title[language] : fact));
  const lines = [
    ...saidBy(context, verdict),
    ...verdict.caveats.map((caveat) => shownText(caveat, language)),
    ...(titles.length === 0 ? [] : [labelled(verdictWords.withheld[language], titles.join(", "), language)]),
  ];
  return lines.length === 0 ? {} : { note: lines.map((text) => ({ text })) };
}

/** The totals that a verdict's rule reads. */
function readTotals(verdict: Verdict, totals: ReadonlyMap<string, Reference>): readonly Reference[] {
  const rule = ruleOf(verdict);
  return (rule === undefined ? [] : factsOfRule(rule)).flatMap((fact) => {
    const total = totals.get(fact);
    return total === undefined ? [] : [total];
  });
}
