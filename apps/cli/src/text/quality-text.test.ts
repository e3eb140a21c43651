import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { exclusionPhrases } from "./candidate-text.ts";
import { noteSentences, noteText } from "./note-text.ts";
import { hasQualityText, qualityText } from "./quality-text.ts";
import { reasonPhrases } from "./reason-text.ts";

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
    for (const code of [...raised, ...fromLedger]) expect(hasQualityText(code), code).toBe(true);
  });

  it("fills lists and numbers in the language's own way", () => {
    const details = { thicknessMm: 2.5, incrementMm: 1.25 };
    const note = { code: "overlapping-slices", severity: "warning", details } as const;
    expect(qualityText(note, "en")).toBe("slices of 2.5 mm every 1.25 mm overlap [overlapping-slices]");
    expect(qualityText(note, "fr")).toContain("coupes de 2,5 mm tous les 1,25 mm");
    const kernels = { code: "sharp-kernel", severity: "warning", details: { kernels: ["B70f", "FC51"] } } as const;
    expect(qualityText(kernels, "en")).toContain("(B70f, FC51)");
  });

  it("shows a code of another version as it is", () => {
    const note = { code: "of-tomorrow", severity: "info", details: { a: 1 } } as const;
    expect(qualityText(note, "fr")).toBe('of-tomorrow {"a":1}');
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
    const missing = { code: "missing-slices", details: { count: 100, positionsMm } } as const;
    expect(noteText(missing, "en")).toBe("slices missing: 100, at 0, 1, 2, 3, 4, 5, … (+94) mm");
    const axes = [{ name: "phase", coordinates: 20 }];
    const found = { code: "axis-found", details: { axes, isComplete: true } } as const;
    expect(noteText(found, "fr")).toContain(": phase × 20");
  });
});
