import { expect, it } from "vitest";
import { catalog } from "./catalog.ts";
import { parseFacts } from "./facts/parse-facts.ts";
import { packsForProtocol } from "./packs-for-protocol.ts";

const factsOf = (...facts: readonly object[]) => parseFacts({ schema: "etalon.facts/1", facts });
const stenosis = { id: "coronary-stenosis-max", value: 20, unit: "%" };

it("asks a cardiac MR nothing of coronary risk, and a calcium score all of it", () => {
  const mr = packsForProtocol("cardiac/oedema", factsOf(stenosis));
  expect(mr).toContain("minoca-desk");
  expect(mr.filter((id) => /calcium|score2|mesa|ldl|shemesh|prevent|pce/.test(id))).toEqual([]);
  const score = packsForProtocol("coronary/calcium-score", factsOf());
  expect(score).toEqual(catalog.filter(({ opensWith }) => opensWith === undefined).map(({ id }) => id));
});

it("leaves out no pack by a name that is none", () => {
  const left = new Set(packsForProtocol("coronary/calcium-score", factsOf(stenosis)));
  for (const id of packsForProtocol("cardiac/oedema", factsOf(stenosis))) left.delete(id);
  // All that a cardiac MR is not asked: seventeen packs on calcium and risk, each of the catalogue.
  expect(left.size).toBe(17);
});
