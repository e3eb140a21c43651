import { describe, expect, it } from "vitest";
import { noteText } from "./note-text.ts";
import { qualityText } from "./quality-text.ts";

describe("qualityText", () => {
  it("fills lists and numbers in the language's own way", () => {
    const details = { thicknessMm: 2.5, incrementMm: 1.25 };
    const note = { code: "overlapping-slices", severity: "warning", details } as const;
    expect(qualityText(note, "en")).toBe("slices of 2.5 mm every 1.25 mm overlap [overlapping-slices]");
    expect(qualityText(note, "fr")).toContain("coupes de 2,5 mm tous les 1,25 mm");
    const kernels = { code: "sharp-kernel", severity: "warning", details: { kernels: ["B70f", "FC51"] } } as const;
    expect(qualityText(kernels, "en")).toContain("(B70f, FC51)");
  });

  it("says what to type where something is asked for", () => {
    const note = { code: "no-marks", severity: "warning", details: {} } as const;
    expect(qualityText(note, "fr")).toMatch(/ sont comptées \(--marks FICHIER\) \[no-marks\]$/);
    const version = {
      code: "undecided-version",
      details: { sopInstanceUid: "1.2", dataSetSha256: ["aa", "bb"] },
    } as const;
    expect(noteText(version, "en")).toMatch(
      /UID 1\.2; none counts until one is chosen: aa, bb \(--choose UID=sha256\)$/,
    );
  });

  it("shows a code of another version as it is", () => {
    const note = { code: "of-tomorrow", severity: "info", details: { a: 1 } } as const;
    expect(qualityText(note, "fr")).toBe('of-tomorrow {"a":1}');
  });
});
