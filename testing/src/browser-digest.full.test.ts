import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codecWasmFiles } from "../../scripts/codec-wasm-files.ts";
import { decodedDigests } from "./decoded-digests.ts";
import { elementaryDigest } from "./elementary-digest.ts";
import { callInChromium, hasChromium } from "./in-chromium.ts";
import { mapDigests } from "./map-digests.ts";
import { describeWithPeer } from "./peer-program.ts";
import { perfusionDigests } from "./perfusion-digests.ts";
import { describeWithSharedData } from "./shared-data.ts";
import { thoraxDigest } from "./thorax-digest.ts";

const moduleHere = (name: string): string => join(import.meta.dirname, name);

describeWithPeer("Chromium computes what Node computes", { name: "chromium", isPresent: hasChromium() }, () => {
  test("the elementary functions, to the last bit", async () => {
    const digest = elementaryDigest();
    expect(await callInChromium(moduleHere("elementary-digest.ts"), "elementaryDigest")).toBe(digest);
  });

  test("the digest of a result, from DICOM bytes to score", async () => {
    const digest = await thoraxDigest();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await callInChromium(moduleHere("thorax-digest.ts"), "thoraxDigest")).toBe(digest);
  });

  test("the digests of fitted maps, voxels and all", async () => {
    const digests = await mapDigests();
    expect(new Set(digests).size).toBe(4);
    expect(await callInChromium(moduleHere("map-digests.ts"), "mapDigests")).toEqual(digests);
  });

  test("the digests of blood flow and first-pass curves", async () => {
    const digests = await perfusionDigests();
    expect(new Set(digests).size).toBe(2);
    expect(await callInChromium(moduleHere("perfusion-digests.ts"), "perfusionDigests")).toEqual(digests);
  });

  describeWithSharedData("the pixels of one image in every", "7-conformance/cornerstone-ct-syntaxes", (folder) => {
    test("transfer syntax", async () => {
      const names = readdirSync(folder).filter((name) => name.endsWith(".dcm"));
      const digests = await decodedDigests(names, (name) => readFile(join(folder, name)));
      const decoded = Object.values(digests).filter((digest) => /^[0-9a-f]{64}$/.test(digest));
      expect(decoded.length).toBeGreaterThan(10);
      const files = new Map(await codecWasmFiles());
      for (const name of names) files.set(name, readFileSync(join(folder, name)));
      files.set("names.json", new TextEncoder().encode(JSON.stringify(names)));
      const inPage = await callInChromium(moduleHere("decoded-digests.ts"), "decodedDigestsInPage", files);
      expect(inPage).toEqual(digests);
    });
  });
});
