import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { debianPython, describeWithPeer, hasPythonModule } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { dictionaryVr, tagKey, tagOfKeyword } from "./dictionary.ts";
import { tagLabel } from "./tag.ts";

describe("dictionaryVr", () => {
  // PS3.6 table 6-1; PS3.5 section 7.8.1 for private elements.
  it.each([
    [0x00100010, "PN"],
    [0x00280106, "xs"],
    [0x7fe00010, "ox"],
    [0x60023000, "ox"],
    [0x50060010, "US"],
    [0x60fe0010, "US"],
    [0x00203113, "CS"],
    [0x00090010, "LO"],
    [0x00091001, "UN"],
    [0x00290000, "UL"],
    [0x00100011, "UN"],
  ])("gives the VR of %i", (tag, vr) => {
    expect(dictionaryVr(tag)).toBe(vr);
  });
});

describe("tagOfKeyword", () => {
  it("finds tags by keyword, and says nothing for a word that is none", () => {
    expect(tagOfKeyword("PatientName")).toBe("00100010");
    expect(tagOfKeyword("Patient's Name")).toBeUndefined();
  });
});

describe("tagKey and tagLabel", () => {
  it("write eight upper-case digits", () => {
    expect([tagKey(0x7fe00010), tagKey(0x0009100a), tagLabel(0x0008103e)]).toEqual([
      "7FE00010",
      "0009100A",
      "(0008,103E)",
    ]);
  });
});

describeWithPeer("the generated dictionary", { name: "pydicom", isPresent: hasPythonModule("pydicom") }, () => {
  it("is what its generator writes today", () => {
    const root = join(import.meta.dirname, "../../..");
    const run = spawnSync(debianPython, [join(root, "scripts/generate-dicom-dictionary.py"), "--print"], {
      encoding: "utf8",
    });
    expect(run.stdout).toBe(readFileSync(join(import.meta.dirname, "generated/dictionary.ts"), "utf8"));
  });
});
