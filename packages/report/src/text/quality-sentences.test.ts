import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { exclusionPhrases } from "./candidate-phrases.ts";
import { fillText } from "./fill-text.ts";
import { noteSentences } from "./note-sentences.ts";
import { qualitySentences } from "./quality-sentences.ts";
import { reasonPhrases } from "./reason-phrases.ts";

/** Source text of every protocol: codes are compared with what the sources can raise. */
function protocolSources(): string {
  const measure = dirname(createRequire(import.meta.url).resolve("@etalon/measure"));
  const files = readdirSync(measure, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  return sources.map((file) => readFileSync(join(measure, file), "utf8")).join("\n");
}

const source = protocolSources();

describe("quality", () => {
  const raised = [...source.matchAll(/\b(?:warning|info)\(\s*"([a-z0-9-]+)"/g)].map(([, code]) => code ?? "");
  const fromLedger = /LEDGER_CODES[^=]*= \[([^\]]*)\]/.exec(source)?.[1]?.match(/[a-z-]+(?=")/g) ?? [];

  it("has a sentence for every code that a protocol raises", () => {
    expect(raised.length).toBeGreaterThan(10);
    expect(fromLedger.length).toBeGreaterThan(3);
    for (const code of [...raised, ...fromLedger]) expect(Object.keys(qualitySentences)).toContain(code);
  });

  it("names the same details in the same order in both languages, so that a report can set each number apart", () => {
    const sentences = Object.entries(qualitySentences);
    expect(sentences.length).toBeGreaterThan(20);
    for (const [code, { en, fr }] of sentences) expect(en.match(/\{\w+\}/g), code).toEqual(fr.match(/\{\w+\}/g));
  });
});

describe("reasons and notes", () => {
  it("has a phrase for every reason of exclusion", () => {
    const declared = /type ExclusionReason = ([^;]*);/.exec(source)?.[1]?.match(/[a-z-]+(?=")/g) ?? [];
    expect(declared.length).toBeGreaterThan(2);
    expect(Object.keys(exclusionPhrases).sort()).toEqual([...declared].sort());
  });

  it("has two languages for every note and every reason", () => {
    for (const { en, fr } of [...Object.values(noteSentences), ...Object.values(reasonPhrases)]) {
      expect(en).not.toBe("");
      expect(fr).not.toBe(en);
    }
  });

  it("cuts long lists and shows what is nested", () => {
    const positionsMm = Array.from({ length: 100 }, (_, index) => index);
    const missing = fillText(noteSentences["missing-slices"], { count: 100, positionsMm }, "en");
    expect(missing).toBe("slices missing: 100, at 0, 1, 2, 3, 4, 5, … (+94) mm");
    const axes = [{ name: "phase", coordinates: 20 }];
    expect(fillText(noteSentences["axis-found"], { axes, isComplete: true }, "fr")).toContain(": phase × 20");
  });
});
