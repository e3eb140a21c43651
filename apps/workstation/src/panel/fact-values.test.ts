import { factDefinitions, type GivenFact } from "@etalon/decide";
import { expect, test, vi } from "vitest";
import { emptyDraft } from "../marks/reading-draft.ts";
import { factIdOf, giveFact, givenFact } from "./fact-values.ts";
import type { Reading } from "./reading-context.ts";

function readingOf(facts: readonly GivenFact[], sensitiveFacts: readonly GivenFact[]) {
  const edit = vi.fn<Reading["edit"]>();
  const setSensitiveFacts = vi.fn<Reading["setSensitiveFacts"]>();
  // Facts are given through nothing else.
  const reading = { draft: { ...emptyDraft, facts }, sensitiveFacts, edit, setSensitiveFacts } as unknown as Reading;
  return { reading, edit, setSensitiveFacts };
}

const age: GivenFact = { id: "age", value: 61, unit: "a" };
const sex: GivenFact = { id: "sex", value: "female" };
const ethnicity: GivenFact = { id: "ethnicity", value: "white" };

test("a fact is given with its unit, in place of what it was, and taken back", () => {
  const { reading, edit, setSensitiveFacts } = readingOf([age, sex], [ethnicity]);
  giveFact(reading, "age", 62);
  giveFact(reading, "age", undefined);
  giveFact(reading, "sex", "male");
  expect(edit.mock.calls).toEqual([
    [{ facts: [sex, { id: "age", value: 62, unit: "a" }] }, "fact age"],
    [{ facts: [sex] }, "fact age"],
    [{ facts: [age, { id: "sex", value: "male" }] }, "fact sex"],
  ]);
  expect(setSensitiveFacts).not.toHaveBeenCalled();
});

test("what is sensitive never enters the draft", () => {
  const sensitive = Object.entries(factDefinitions).filter(([, fact]) => "isSensitive" in fact && fact.isSensitive);
  expect(sensitive.map(([id]) => id)).toEqual(["ethnicity"]);
  const { reading, edit, setSensitiveFacts } = readingOf([age], [ethnicity]);
  giveFact(reading, "ethnicity", "black");
  giveFact(reading, "ethnicity", undefined);
  expect(setSensitiveFacts.mock.calls).toEqual([[[{ id: "ethnicity", value: "black" }]], [[]]]);
  expect(edit).not.toHaveBeenCalled();
});

test("a fact is found wherever it is kept", () => {
  const { reading } = readingOf([age], [ethnicity]);
  expect([givenFact(reading, "age"), givenFact(reading, "ethnicity"), givenFact(reading, "sex")]).toEqual([
    age,
    ethnicity,
    undefined,
  ]);
});

test("only names of facts are ids of facts", () => {
  expect([factIdOf("age"), factIdOf("shoe-size"), factIdOf("toString")]).toEqual(["age", undefined, undefined]);
});
