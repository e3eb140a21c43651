import { collectFacts, evaluatePacks, readFact } from "@etalon/decide";
import { expect, it } from "vitest";
import { inlineText } from "../text/inline-text.ts";
import { factRow } from "./fact-rows.ts";

const digest = "0".repeat(64);

it.each([
  [{ source: "given" }, "donnée fournie"],
  [{ source: "laboratoire" }, "laboratoire"],
  [{ source: "dicom-header PatientAge" }, "en-tête des images, PatientAge"],
  [{ source: `result ${digest}` }, "ce résultat"],
  [{ source: `result ${digest} (provisional)` }, "ce résultat, provisoire"],
  [{ source: "rule pce/by-ethnicity" }, "déduit par pce/by-ethnicity"],
] as const)("%j in words", ({ source }, words) => {
  const [, , said = []] = factRow({ ...readFact({ id: "age", value: 62, unit: "a" }), source });
  expect(said.map((part) => inlineText(part, "fr")).join("")).toBe(words);
});

it("says of a fact that follows from another from which", () => {
  // The age when diabetes was found says that there is diabetes.
  const { facts } = evaluatePacks([], collectFacts([readFact({ id: "diabetes-age", value: 50, unit: "a" })]));
  const implied = facts.get("diabetes");
  if (implied === undefined) throw new Error("diabetes is not implied");
  const [, , said = []] = factRow(implied);
  expect(said.map((part) => inlineText(part, "fr")).join("")).toMatch(/^découle de.: Âge au diagnostic du diabète$/);
});
