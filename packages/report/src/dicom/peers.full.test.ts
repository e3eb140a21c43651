import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  debianPython,
  describeWithPeer,
  hasProgram,
  hasPythonModule,
  type MeasuredPhantom,
  measurePhantom,
} from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ReportInput } from "../report-input.ts";
import type { DicomObject } from "./dicom-object.ts";
import { encapsulatedPdf } from "./encapsulated-pdf.ts";
import { lesionSegmentation } from "./lesion-segmentation.ts";
import { secondaryCapture } from "./secondary-capture.ts";
import { structuredReport } from "./structured-report.ts";
import { reportInputOf } from "./testing/report-input-of.ts";

const picture = {
  id: "lesion-L1",
  item: "L1",
  site: "LAD",
  width: 5,
  height: 3,
  rgb: Uint8Array.from({ length: 45 }, (_, i) => i),
  png: Uint8Array.of(1),
};

/** Every object of a result, written to a folder. */
function writeObjects(folder: string, phantom: MeasuredPhantom, more: Partial<ReportInput> = {}): string[] {
  const sourceSopInstanceUid = phantom.sources[3].sopInstanceUid;
  const input = reportInputOf(phantom, { keyImages: [{ ...picture, sourceSopInstanceUid }], ...more });
  const segmentation = lesionSegmentation(input, phantom.mask);
  const objects: (DicomObject | null)[] = [
    structuredReport(input, { segmentation }),
    segmentation,
    secondaryCapture(input.keyImages[0], input),
    encapsulatedPdf(new TextEncoder().encode("%PDF-1.7\n%%EOF"), input),
  ];
  return objects.flatMap((object, index) => {
    if (object === null) return [];
    const path = join(folder, `${input.language}-${input.result.provisional}-${index}.dcm`);
    writeFileSync(path, object.bytes);
    return [path];
  });
}

let folder: string;
let phantom: MeasuredPhantom;
let paths: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "etalon-objects-"));
  phantom = await measurePhantom();
  paths = writeObjects(folder, phantom);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What dciodvfy always says of a private coding scheme, and of a study that lacks what a media directory would list. */
const harmless = /Unrecognized defined term = <99ETALON>|needed to build DICOMDIR/;

function complaintsOf(path: string): string[] {
  const { stderr } = spawnSync("dciodvfy", ["-new", path], { encoding: "utf8" });
  return stderr.split("\n").filter((line) => /^(Error|Warning)/.test(line) && !harmless.test(line));
}

describeWithPeer(
  "the objects beside dciodvfy",
  { name: "dicom3tools", isPresent: hasProgram("dciodvfy", ["-version"]) },
  () => {
    it("are without error and without warning, in French", () => {
      expect(paths).toHaveLength(4);
      expect(paths.flatMap(complaintsOf)).toEqual([]);
    });

    it("are so in English, for a provisional result on averaged slices, and for a study that says little", async () => {
      const provisional = await measurePhantom({ marks: null, thicknessMm: 1, incrementMm: 1 });
      const context = { patient: {}, study: { instanceUid: phantom.context.study.instanceUid } };
      const others = [
        ...writeObjects(folder, phantom, { language: "en", context }),
        ...writeObjects(folder, provisional, { language: "fr" }),
      ];
      expect(others).toHaveLength(8);
      expect(others.flatMap(complaintsOf)).toEqual([]);
    });

    it("would not be, with a mandatory attribute taken away", () => {
      const broken = join(folder, "broken.dcm");
      const input = reportInputOf(phantom, { context: { patient: {}, study: { instanceUid: "" } } });
      writeFileSync(broken, structuredReport(input).bytes);
      expect(complaintsOf(broken).join("\n")).toContain("Error");
    });
  },
);

describeWithPeer("the report beside DCMTK", { name: "dcmtk", isPresent: hasProgram("dsrdump") }, () => {
  it("is read by dsrdump", () => {
    const { status, stdout } = spawnSync("dsrdump", ["+Pl", paths[0]], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toContain("Lefèvre-Desnoyers^Anne-Françoise Gaëlle");
    expect(stdout.match(/contains NUM/g)).toHaveLength(phantom.result.outputs.length);
  });
});

describeWithPeer(
  "the objects beside pydicom",
  { name: "python3-pydicom", isPresent: hasPythonModule("pydicom") },
  () => {
    interface PeerNumber {
      readonly code: readonly string[];
      readonly unit: readonly string[];
      readonly decimal: number;
      readonly exact: number;
    }
    interface PeerObject {
      readonly patient: string;
      readonly groups?: readonly {
        readonly site: string | null;
        readonly item: string | null;
        readonly tracking: string;
        readonly segment: number | null;
        readonly numbers: readonly PeerNumber[];
      }[];
      readonly segments?: readonly { readonly tracking: string; readonly voxels: number }[];
      readonly sum?: number;
    }

    let described: PeerObject[];
    beforeAll(() => {
      const script = join(import.meta.dirname, "peer/describe-objects.py");
      const run = spawnSync(debianPython, [script], { input: paths.join("\n"), encoding: "utf8", maxBuffer: 2 ** 26 });
      described = run.stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as PeerObject]));
    });

    it("say the name with its accents", () => {
      expect(described.map(({ patient }) => patient)).toEqual(
        new Array(4).fill("Lefèvre-Desnoyers^Anne-Françoise Gaëlle"),
      );
    });

    it("give every number, unit and code back equal", () => {
      const read = described[0].groups?.flatMap(({ site, item, numbers }) =>
        numbers.map(({ code, unit, exact }) => ({ site, item, code, unit: unit.slice(0, 2), value: exact })),
      );
      expect(read).toEqual(
        phantom.result.outputs.map(({ site, item, code, unit, value }) => ({
          site: site ?? null,
          item: item ?? null,
          code: [code.value, code.scheme, code.meaning],
          unit: [unit, "UCUM"],
          value,
        })),
      );
    });

    it("give the voxels of each segment back, under the tracking UID of the report's group", () => {
      const { segments } = described[1];
      expect(segments?.map(({ voxels }) => voxels)).toEqual(phantom.mask.items.map(({ voxels }) => voxels.length));
      const groups = described[0].groups?.filter(({ segment }) => segment !== null) ?? [];
      expect(groups.map(({ tracking }) => tracking)).toEqual(segments?.map(({ tracking }) => tracking));
    });

    it("give the pixels of a key image back", () => {
      // 0 + 1 + … + 44 = 44 · 45 / 2.
      expect(described[2].sum).toBe(990);
    });
  },
);
