import { catalog, type Result } from "@etalon/measure";
import { describe, expect, it } from "vitest";
import { resultText } from "./result-text.ts";

const code = { value: "c", scheme: "99ETALON", meaning: "m" } as const;

/** A result with so many lesions, the n-th of score n. */
function resultWith(lesions: number, parts: Partial<Result> = {}): Result {
  const items = Array.from({ length: lesions }, (_, index) => ({
    id: "agatston-score",
    value: index + 1,
    unit: "[arb'U]",
    item: `L${index + 1}`,
    code,
  }));
  return {
    schema: "etalon.result/1",
    protocol: { id: "coronary/calcium-score", version: "1.0.0" },
    outputs: [
      { id: "agatston-score", value: 5050, unit: "[arb'U]", code },
      { id: "lesion-count", value: lesions, unit: "{lesion}", code },
      ...items,
    ],
    provisional: true,
    quality: [],
    candidates: [],
    maps: [],
    curves: [],
    sensitivity: [],
    ledger: {},
    recipe: { inputs: [], numbers: [], roles: [], choices: [], marks: null, parameters: [], hashes: {} },
    digest: "0".repeat(64),
    build: { etalon: "0", engine: "node" },
    ...parts,
  };
}

function shown(result: Result, language: "en" | "fr"): string {
  const protocol = catalog.find(({ id }) => id === result.protocol.id);
  if (protocol === undefined) throw new Error("the protocol is in the catalogue");
  return resultText(result, protocol, language);
}

describe("resultText", () => {
  it("lists the twenty highest of a hundred lesions in their order, and counts the others", () => {
    const text = shown(resultWith(100), "en");
    expect(text.match(/^ +L\d+/gm)).toEqual(Array.from({ length: 20 }, (_, index) => `    L${index + 81}`));
    expect(text).toContain("… and 80 smaller: see result.json");
    expect(text.split("\n").length).toBeLessThan(40);
  });

  it("says that it is provisional, its category and that it is no medical device, in both languages", () => {
    expect(shown(resultWith(1), "en")).toMatch(
      /^Coronary calcium score .*\nPROVISIONAL: .*\n\n {2}Agatston score {2}5050\.00 AU {3}category 1000 and above\n {2}Lesions {15}1\n/,
    );
    expect(shown(resultWith(1), "fr")).toMatch(/Score d'Agatston {2}5050,00 UA {3}catégorie 1000 et plus/);
    expect(shown(resultWith(0), "en")).toMatch(/Not a medical device\.\n$/);
    expect(shown(resultWith(0), "fr")).toMatch(/Ce n'est pas un dispositif médical\.\n$/);
  });

  it("counts what was found by status and reason", () => {
    const candidate = (id: string, status: "candidate" | "excluded", reason?: string) => ({
      id,
      status,
      ...(reason === undefined ? {} : { reason }),
      measures: {},
    });
    const candidates = [
      candidate("1", "excluded", "bone"),
      candidate("2", "candidate"),
      candidate("3", "excluded", "too-small"),
      candidate("4", "excluded", "bone"),
    ];
    expect(shown(resultWith(1, { candidates }), "en")).toContain("1 proposed; 3 set aside (bone 2, too small 1)");
    expect(shown(resultWith(1, { candidates }), "fr")).toContain("1 proposées ; 3 écartées (os 2, trop petites 1)");
  });

  it("names the choices of method that would change the category, and the range of all", () => {
    const row = { parameter: "connectivity", choice: "4", output: "agatston-score", category: "0" };
    const same = { ...row, value: 98, changesCategory: false };
    const other = { ...row, value: 104.5, changesCategory: true };
    expect(shown(resultWith(1, { sensitivity: [same] }), "en")).toContain(
      "no published choice of method changes the category (score 98.00 to 98.00)",
    );
    const text = shown(resultWith(1, { sensitivity: [same, other] }), "fr");
    expect(text).toContain("changeraient la catégorie (score de 98,00 à 104,50)");
    expect(text).toContain("Voisins dans le plan = 4: 104,50");
  });
});
