import { decide, catalog as packs, parseFacts } from "@etalon/decide";
import { describe, expect, it } from "vitest";
import { inlineText } from "../../text/inline-text.ts";
import type { Line } from "../document.ts";
import { guidanceSection } from "./guidance-section.ts";
import { minocaSection } from "./minoca-section.ts";

const shown = (line: Line, language: "en" | "fr") => line.map((inline) => inlineText(inline, language)).join("");

function verdictsOn(facts: readonly object[]) {
  return decide(packs, parseFacts({ schema: "etalon.facts/1", facts }));
}

const myocarditis = [
  { id: "acute-infarction-criteria", value: true },
  { id: "lge-pattern", value: "subepicardial" },
  { id: "t2-oedema-regional", value: true },
];
const known = { id: "coronary-stenosis-max", value: 20, unit: "%" };

describe("minocaSection", () => {
  it("has a row for each diagnosis, in both languages, and a table of what is missing", () => {
    const [section] = minocaSection({ verdicts: verdictsOn([known, ...myocarditis]) });
    const [comparison, missing] = (section?.blocks ?? []).flatMap((block) => (block.kind === "table" ? [block] : []));
    const cells = (language: "en" | "fr") => comparison?.rows.map((row) => row.map((line) => shown(line, language)));
    expect(cells("en")?.map(([name]) => name)).toEqual(["Myocarditis", "Infarct", "Takotsubo"]);
    expect(cells("fr")?.[0]?.[1]).toContain("Deux critères de Lake Louise");
    expect(cells("fr")?.[0]?.[2]).toBe("–");
    expect(cells("en")?.[1]?.[2]).toContain("spares the endocardium");
    expect(missing?.rows.map(([name]) => shown(name ?? [], "fr"))).toEqual(["Cinétique segmentaire inconnue"]);
  });

  it("compares nothing before the anatomy is known, and says so", () => {
    const [section] = minocaSection({ verdicts: verdictsOn(myocarditis) });
    expect(section?.blocks.map(({ kind }) => kind)).toEqual(["notice"]);
    const [notice] = section?.blocks ?? [];
    expect(notice?.kind === "notice" ? shown(notice.lines[0] ?? [], "fr") : "").toMatch(/^Indéterminé/);
  });

  it("leaves its lines out of the cards of guidance, not out of the sources", () => {
    const verdicts = verdictsOn([known, ...myocarditis]);
    // What guidance reads of a result is whether it is provisional.
    const [guidance] = guidanceSection({ verdicts, result: { provisional: false } as never });
    const cards = (guidance?.blocks ?? []).flatMap((block) => (block.kind === "card" ? [block.card.rule] : []));
    expect(cards).toContain("minoca-guidelines/cmr-2020");
    expect(cards.filter((rule) => rule.startsWith("minoca-desk/"))).toEqual([]);
  });

  it("is absent where nobody asked", () => {
    expect(minocaSection({ verdicts: verdictsOn([{ id: "agatston-score", value: 10 }]) })).toEqual([]);
    expect(minocaSection({ verdicts: null })).toEqual([]);
  });
});
