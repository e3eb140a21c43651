export { catalog } from "./catalog.ts";
export type { Condition } from "./engine/condition.ts";
export { conditionInWords, type Wording } from "./engine/condition-in-words.ts";
export { decide, type Verdicts } from "./engine/decide.ts";
export { type Evaluation, evaluatePacks, preparePacks } from "./engine/evaluate-packs.ts";
export { factsOfRule } from "./engine/evaluate-rule.ts";
export type {
  EvidenceLevel,
  Pack,
  RecommendationClass,
  Rule,
  RuleKind,
  RuleSource,
  RuleValue,
  RuleValues,
  ValueDeclaration,
} from "./engine/rule.ts";
export type { TraceNode, Truth, Verdict } from "./engine/verdict.ts";
export { definitionOf, type FactId, factDefinitions, isFactId } from "./facts/definitions.ts";
export type { FactDefinition } from "./facts/fact-definition.ts";
export type { Fact, Facts, FactValue } from "./facts/facts.ts";
export { factsOfResult } from "./facts/facts-of-result.ts";
export { collectFacts, factsSchema, type GivenFact, parseFacts, readFact } from "./facts/parse-facts.ts";
export { publishedSchemas } from "./json-schemas.ts";
export { type DeskColumn, type MinocaDesk, minocaDeskOf } from "./minoca-desk-of.ts";
export { type HoffPercentileCurve, hoffPercentileCurves } from "./packs/hoff-percentile/hoff-percentile-curves.ts";
export { type MesaPercentileCurve, mesaPercentileCurves } from "./packs/mesa-percentile/mesa-percentile-curves.ts";
export { type MesaEthnicity, type MesaStratum, mesaStratumOfFacts } from "./packs/mesa-percentile/mesa-stratum.ts";
export { packsForProtocol } from "./packs-for-protocol.ts";
