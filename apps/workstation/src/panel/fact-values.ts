import { definitionOf, type FactId, type GivenFact, isFactId } from "@etalon/decide";
import type { Reading } from "./reading-context.ts";

/** A fact that the reader gave. */
export function givenFact(reading: Reading, id: string): GivenFact | undefined {
  return [...reading.draft.facts, ...reading.sensitiveFacts].find((fact) => fact.id === id);
}

/** Gives a fact, or takes it back. What is sensitive is kept apart, and nowhere else. */
export function giveFact(reading: Reading, id: FactId, value: number | boolean | string | undefined): void {
  const definition = definitionOf(id);
  const unit = definition.kind === "number" ? { unit: definition.unit } : {};
  const given: readonly GivenFact[] = value === undefined ? [] : [{ id, value, ...unit }];
  const without = (facts: readonly GivenFact[]): readonly GivenFact[] => facts.filter((fact) => fact.id !== id);
  if (definition.isSensitive === true) reading.setSensitiveFacts([...without(reading.sensitiveFacts), ...given]);
  else reading.edit({ facts: [...without(reading.draft.facts), ...given] }, `fact ${id}`);
}

/** The id of a fact; nothing for what is none. */
export function factIdOf(id: string): FactId | undefined {
  return isFactId(id) ? id : undefined;
}
