import { definitionOf, type FactId } from "../facts/definitions.ts";
import { needsOf } from "./compute-values.ts";
import type { Comparison, Condition } from "./condition.ts";
import type { Pack, Rule } from "./rule.ts";

/**
 * What is wrong with a pack, in words for the one who writes it; empty when it may be shipped. A rule without a complete
 * source, a condition in another unit than its fact's, a code without its text: the checks fail on each.
 */
export function checkPack(pack: Pack): readonly string[] {
  const problems: string[] = [];
  if (!/^\d+\.\d+\.\d+$/.test(pack.version)) problems.push(`${pack.id}: version ${pack.version} is not x.y.z`);
  const ids = pack.rules.map(({ id }) => id);
  for (const id of ids) {
    if (!id.startsWith(`${pack.id}/`)) problems.push(`${id}: not <pack>/<name>`);
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`${id}: twice`);
  }
  for (const rule of pack.rules) {
    problems.push(
      ...checkSource(rule),
      ...checkTexts(rule),
      ...checkConditions(rule),
      ...checkSensitive(rule),
      ...checkComputation(rule),
    );
  }
  return problems;
}

function checkSource({ id, source, kind, class: recommendation, level }: Rule): string[] {
  const problems: string[] = [];
  if (source.citation.trim().length < 20) problems.push(`${id}: no citation`);
  if (source.doi === undefined && source.document === undefined) problems.push(`${id}: neither DOI nor document`);
  if (source.doi !== undefined && !/^10\.\d{4,9}\/\S+$/.test(source.doi))
    problems.push(`${id}: ${source.doi} is no DOI`);
  if (source.edition.trim() === "") problems.push(`${id}: no edition`);
  if (!isDay(source.lastChecked)) problems.push(`${id}: last check ${source.lastChecked} is no day`);
  if (source.verification === "public-source" && (source.confirmedIn ?? "") === "") {
    problems.push(`${id}: confirmed in a public source that is not named`);
  }
  if (kind !== "guideline" && kind !== "consensus" && (recommendation !== "none" || level !== "none")) {
    problems.push(`${id}: a ${kind} has no class or level of recommendation`);
  }
  return problems;
}

function checkTexts(rule: Rule): string[] {
  const texts = [
    ["title", rule.title],
    ["statement", rule.statement],
    ...(rule.note === undefined ? [] : [["note", rule.note] as const]),
    ...(rule.presumes ?? []).map(({ note }) => ["presumption", note] as const),
    ...(rule.caveats ?? []).map(({ text }) => ["caveat", text] as const),
    ...Object.entries(rule.values).map(([key, { title }]) => [key, title] as const),
    ...Object.entries(rule.values).flatMap(([key, { codes }]) =>
      Object.entries(codes ?? {}).map(([code, text]) => [`${key} ${code}`, text] as const),
    ),
  ] as const;
  return texts
    .filter(([, text]) => text.en.trim() === "" || text.fr.trim() === "")
    .map(([name]) => `${rule.id}: ${name} has no text in one language`);
}

function checkConditions(rule: Rule): string[] {
  const conditions = [
    rule.when,
    ...(rule.presumes ?? []).map(({ that }) => that),
    ...(rule.caveats ?? []).map(({ when }) => when),
  ];
  return conditions.flatMap(comparisonsOf).flatMap((comparison) => {
    const definition = definitionOf(comparison.fact);
    if ("given" in comparison) return [];
    if ("is" in comparison)
      return isPossible(comparison) ? [] : [`${rule.id}: ${comparison.fact} is never ${comparison.is}`];
    if (definition.kind !== "number") return [`${rule.id}: ${comparison.fact} is no number`];
    return definition.unit === comparison.unit
      ? []
      : [`${rule.id}: ${comparison.fact} is compared in ${comparison.unit}`];
  });
}

/** In a trace, which of several comparisons with a sensitive fact holds is hidden only where they stand in a group of their own. */
function checkSensitive(rule: Rule): string[] {
  const conditions = [rule.when, ...(rule.presumes ?? []).map(({ that }) => that)];
  return conditions.flatMap(groupsOf).flatMap((parts) => {
    const sensitive = parts.filter((part) => isComparison(part) && definitionOf(part.fact).isSensitive === true);
    const isHidden = sensitive.length <= 1 || sensitive.length === parts.length;
    return isHidden ? [] : [`${rule.id}: comparisons with a sensitive fact need a group of their own`];
  });
}

function groupsOf(condition: Condition): readonly (readonly Condition[])[] {
  if ("not" in condition) return groupsOf(condition.not);
  const parts = "all" in condition ? condition.all : "any" in condition ? condition.any : [];
  return parts.length === 0 ? [] : [parts, ...parts.flatMap(groupsOf)];
}

function isComparison(condition: Condition): condition is Comparison {
  return "fact" in condition;
}

function checkComputation(rule: Rule): string[] {
  const { computation, values, id } = rule;
  if (computation.kind === "equation") return computation.needs.length > 0 ? [] : [`${id}: an equation of nothing`];
  const given =
    computation.kind === "constant"
      ? Object.entries(computation.values)
      : computation.bands.map(({ code }) => [computation.gives, code] as const);
  const problems = given.flatMap(([key, value]) => {
    if (!Object.hasOwn(values, key)) return [`${id}: ${key} is not declared`];
    const { codes } = values[key];
    return typeof value === "string" && codes?.[value] === undefined ? [`${id}: ${key} ${value} has no text`] : [];
  });
  if (computation.kind === "constant") return problems;
  const edges = computation.bands.map(({ to }) => to ?? Number.POSITIVE_INFINITY);
  if (edges.at(-1) !== Number.POSITIVE_INFINITY || edges.some((edge, at) => at > 0 && edge <= edges[at - 1])) {
    problems.push(`${id}: bands do not ascend to an open end`);
  }
  const [fact] = needsOf(computation);
  const definition = definitionOf(fact);
  if (definition.kind !== "number" || definition.unit !== computation.unit)
    problems.push(`${id}: bands in another unit`);
  return problems;
}

function comparisonsOf(condition: Condition): readonly Comparison[] {
  if ("all" in condition) return condition.all.flatMap(comparisonsOf);
  if ("any" in condition) return condition.any.flatMap(comparisonsOf);
  return "not" in condition ? comparisonsOf(condition.not) : [condition];
}

function isPossible({ fact, is }: { readonly fact: FactId; readonly is: boolean | string }): boolean {
  const definition = definitionOf(fact);
  if (definition.kind === "boolean") return typeof is === "boolean";
  return definition.kind === "choice" && typeof is === "string" && Object.hasOwn(definition.choices, is);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
