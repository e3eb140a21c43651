import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "@etalon/base";
import { debianPython, describeWithPeer, describeWithSharedData, hasPythonModule } from "@etalon/testing";
import { beforeAll, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import type { DataSet, Element, ElementValue } from "./data-set.ts";
import { readPart10 } from "./read-part10.ts";

/** What peer/describe-with-pydicom.py prints of one file. */
type PeerFile =
  | { readonly error: string }
  | { readonly elements: Readonly<Record<string, readonly [string, unknown]>> };

function describeWithPydicom(paths: readonly string[]): Readonly<Record<string, PeerFile>> {
  const script = join(import.meta.dirname, "peer/describe-with-pydicom.py");
  const run = spawnSync(debianPython, [script], { input: paths.join("\n"), encoding: "utf8", maxBuffer: 2 ** 28 });
  return JSON.parse(run.stdout);
}

function collect(dataSet: DataSet, prefix: string, found: Map<string, Element>): Map<string, Element> {
  for (const [tag, element] of Object.entries(dataSet)) {
    found.set(prefix + tag, element);
    if (element.vr !== "SQ") continue;
    (element.Value ?? []).forEach((item, i) => {
      if (typeof item === "object" && item !== null) collect(item as DataSet, `${prefix}${tag}[${i}].`, found);
    });
  }
  return found;
}

/** Text as both write it; padding is left out of the comparison, which is of characters. */
function comparable(value: ElementValue | unknown): unknown {
  if (value === null) return "";
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string") return value.replace(/[\s\0]+$/, "").replace(/^\s+/, "");
  if (typeof value !== "object") return value;
  const name = value as { Alphabetic?: string; Ideographic?: string; Phonetic?: string };
  return [name.Alphabetic ?? "", name.Ideographic ?? "", name.Phonetic ?? ""].join("=").replace(/=+$/, "");
}

/** What differs between an element of ours and pydicom's, `undefined` where nothing does. */
function difference(
  path: string,
  ours: Element | undefined,
  peer: readonly [string, unknown] | undefined,
): string | undefined {
  if (ours === undefined || peer === undefined) return `only ${ours === undefined ? "pydicom" : "etalon"} has it`;
  const [vr, value] = peer;
  if (path.endsWith("0000") && ours.vr === "UL") return undefined; // A private group's length, UN to pydicom.
  const isEmptyPrivate = ours.vr === "UN" && Array.isArray(value) && value.length === 0 && ours.bytes === undefined;
  if (isEmptyPrivate) return undefined;
  const sameVr = vr === ours.vr || (/^O[BW]/.test(vr) && /^O[BW]$/.test(ours.vr));
  if (!sameVr) return `VR ${ours.vr}, pydicom ${vr}`;
  if (ours.vr === "SQ")
    return ours.Value?.length === value || (value === 0 && ours.Value === undefined) ? undefined : "items";
  if (ours.bulk !== undefined) return undefined;
  const expected = JSON.stringify(Array.isArray(value) ? value.map(comparable) : value);
  const received =
    ours.bytes === undefined
      ? JSON.stringify((ours.Value ?? []).map(comparable))
      : JSON.stringify({ length: ours.bytes.length, sha256: sha256Hex(ours.bytes) });
  const areEmpty = received === "[]" && (expected === '[""]' || /"length":0,/.test(expected));
  return received === expected || areEmpty ? undefined : `${received}, pydicom ${expected}`;
}

/** Read by pydicom, which stops silently; both are cut inside an element, and refused here. */
const refusedHere: readonly string[] = [
  "pydicom-testfiles/dicomdirtests/DICOMDIR-nooffset",
  "pydicom-testfiles/rtplan_truncated.dcm",
];
/** Pixel data of which pydicom drops the element, since its fragments do not end. */
const keptHere = "pydicom-data-extra/emri_small_jpeg_2k_lossless_too_short.dcm";

describeWithPeer("against pydicom", { name: "pydicom", isPresent: hasPythonModule("pydicom") }, () => {
  describeWithSharedData("every file of 7-conformance", "7-conformance", (folder) => {
    let files: readonly string[] = [];
    let peers: Readonly<Record<string, PeerFile>> = {};
    beforeAll(() => {
      files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
        statSync(join(folder, path)).isFile(),
      );
      peers = describeWithPydicom(files.map((path) => join(folder, path)));
    }, 120_000);

    it("reads what pydicom reads, element by element: tag, VR, value", async () => {
      const differences: string[] = [];
      let compared = 0;
      for (const file of files) {
        const path = join(folder, file);
        const peer = peers[path];
        if (peer === undefined || "error" in peer || refusedHere.includes(file) || file === keptHere) continue;
        const { dataSet } = await readPart10(bytesSource(file, readFileSync(path)), { until: "end" });
        const ours = collect(dataSet, "", new Map());
        for (const tag of new Set([...ours.keys(), ...Object.keys(peer.elements)])) {
          const found = difference(tag, ours.get(tag), peer.elements[tag]);
          if (found !== undefined) differences.push(`${file} ${tag}: ${found}`);
          compared++;
        }
      }
      // MR_truncated.dcm: pydicom hands out what there is of the pixel data; here it is a bulk reference with its full length.
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(50_000);
    }, 120_000);

    it("refuses only what pydicom refuses, and files cut inside an element", async () => {
      const refused: string[] = [];
      for (const file of files) {
        const path = join(folder, file);
        const error: unknown = await readPart10(bytesSource(file, readFileSync(path)), { until: "end" }).catch(
          (thrown: unknown) => thrown,
        );
        const peer = peers[path];
        if (error instanceof Error && peer !== undefined && !("error" in peer)) refused.push(file);
      }
      expect(refused.sort()).toEqual(refusedHere);
    }, 120_000);
  });
});
