import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { debianPython, describeWithPeer, hasPythonModule } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { isStorageSopClass, storageSopClasses } from "./sop-classes.ts";
import { isKeepableTransferSyntax } from "./transfer-syntaxes.ts";

describe("storage SOP classes", () => {
  it.each([
    ["CT Image Storage", "1.2.840.10008.5.1.4.1.1.2", true],
    ["a retired one", "1.2.840.10008.5.1.4.1.1.6", true],
    ["Hanging Protocol Storage, outside the root", "1.2.840.10008.5.1.4.38.1", true],
    ["Label Map Segmentation Storage, of an edition later than the table", "1.2.840.10008.5.1.4.1.1.66.7", true],
    ["Inventory Storage", "1.2.840.10008.5.1.4.1.1.201.1", true],
    ["Inventory - FIND", "1.2.840.10008.5.1.4.1.1.201.2", false],
    ["Protocol Approval Information Model - GET", "1.2.840.10008.5.1.4.1.1.200.6", false],
    ["Verification", "1.2.840.10008.1.1", false],
    ["Media Storage Directory Storage", "1.2.840.10008.1.3.10", false],
    ["Storage Commitment Push Model", "1.2.840.10008.1.20.1", false],
    ["Study Root FIND", "1.2.840.10008.5.1.4.1.2.2.1", false],
    ["a private class", "1.3.12.2.1107.5.9.1", false],
  ])("%s", (_, uid, isStorage) => {
    expect(isStorageSopClass(uid)).toBe(isStorage);
  });

  it("have their names", () => {
    expect(storageSopClasses.get("1.2.840.10008.5.1.4.1.1.4.1")).toBe("Enhanced MR Image Storage");
    expect(storageSopClasses.get("1.2.840.10008.5.1.4.1.1.3")).toBe("Ultrasound Multi-frame Image Storage (Retired)");
  });
});

describe("transfer syntaxes for storage", () => {
  it.each([
    ["Implicit VR Little Endian", "1.2.840.10008.1.2", true],
    ["Explicit VR Big Endian", "1.2.840.10008.1.2.2", true],
    ["JPEG XL Lossless, of a later edition", "1.2.840.10008.1.2.4.110", true],
    ["RFC 2557 MIME encapsulation", "1.2.840.10008.1.2.6.1", false],
    ["SMPTE ST 2110-20", "1.2.840.10008.1.2.7.1", false],
    ["Papyrus 3, another root", "1.2.840.10008.1.20", false],
    ["a private one", "1.2.840.113619.5.2", false],
  ])("%s", (_, uid, isKeepable) => {
    expect(isKeepableTransferSyntax(uid)).toBe(isKeepable);
  });
});

describeWithPeer("the generated table", { name: "pydicom", isPresent: hasPythonModule("pydicom") }, () => {
  it("is what its generator writes today", () => {
    const root = join(import.meta.dirname, "../../../..");
    const script = join(root, "scripts/generate-storage-sop-classes.py");
    const run = spawnSync(debianPython, [script, "--print"], { encoding: "utf8" });
    const committed = join(import.meta.dirname, "../generated/storage-sop-classes.ts");
    expect(run.stdout).toBe(readFileSync(committed, "utf8"));
  });
});
