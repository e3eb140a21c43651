import { type AnyProtocol, catalog } from "@etalon/measure";
import { expect, it } from "vitest";
import { qualityLines } from "../document/quality-lines.ts";
import { detailText } from "./detail-text.ts";
import { fillText } from "./fill-text.ts";
import { inlineText } from "./inline-text.ts";
import { qualitySentences } from "./quality-sentences.ts";

/** Every choice of a parameter of that name, whatever the protocol. */
function choicesOf(parameter: string): readonly string[] {
  const all = catalog.flatMap(({ parameters }: AnyProtocol) => {
    const declared = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
    return declared?.kind === "choice" ? [...declared.choices] : [];
  });
  expect(all.length, parameter).toBeGreaterThan(1);
  return all;
}

it.each([
  ["model", "model"],
  ["method", "method"],
  ["signal", "signal"],
  ["window", "fit-window"],
  ["state", "state"],
  ["structure", "checked-by"],
])("every code that the detail %s can hold has a name in both languages", (detail, parameter) => {
  for (const choice of choicesOf(parameter)) {
    const text = detailText(detail, choice);
    expect(text?.fr, choice).not.toBe(choice);
    expect(text?.en, choice).not.toBe("");
  }
});

it("a sentence of a report that begins with a name has its capital", () => {
  const note = { code: "mbf-no-myocardium", severity: "warning", details: { state: "rest" } } as const;
  const [line = []] = qualityLines([note], () => true);
  expect(line.map((inline) => inlineText(inline, "fr")).join("")).toMatch(/^Repos\s: aucun myocarde/);
});

it("what a person wrote, numbers and codes of another version stay as they are", () => {
  expect(detailText("reason", "mono")).toBeUndefined();
  expect(detailText("model", 3)).toBeUndefined();
  expect(detailText("attribute", "SeriesTime")).toBeUndefined();
  expect(detailText("model", "of-2031")).toEqual({ en: "of-2031", fr: "of-2031" });
});

it("a sentence has names in place of codes", () => {
  const french = (code: string, details: Readonly<Record<string, unknown>>): string =>
    fillText(qualitySentences[code] ?? { en: "", fr: "" }, details, "fr");
  expect(french("t1-model-asked", { model: "molli" })).toBe(
    "T1 ajusté selon le modèle MOLLI, correction de Look-Locker : comme demandé",
  );
  expect(french("mbf-model", { window: "first-pass", signal: "saturation-recovery" })).toBe(
    "débit sanguin par une fonction de Fermi, partie des courbes : premier passage, signal : saturation-récupération",
  );
  expect(french("map-weightings", { images: 2, attribute: "EchoTime", weightings: [5, 10], unit: "ms" })).toBe(
    "ajustement sur 2 images, temps d'écho 5, 10 ms",
  );
  expect(french("iron-mild", { site: "SEPTUM", t2starMs: 15 })).toContain("(septum, 15 ms)");
});
