import { spawnSync } from "node:child_process";
import { openAsBlob, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { ByteSource } from "@etalon/dicom";
import { debianPython, describeWithPeer, describeWithSharedData, hasPythonModule } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { buildLedger } from "./build-ledger.ts";
import { createFrameReader } from "./frame-reader.ts";
import type { Ledger } from "./ledger.ts";
import { loadVolume } from "./load-volume.ts";
import { type Received, receiveSource } from "./receive-source.ts";

const hounsfield = "[hnsf'U]";

async function openFile(path: string): Promise<ByteSource> {
  const blob = await openAsBlob(path);
  return {
    name: path,
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function receiveFolder(folder: string): Promise<Received[]> {
  const received: Received[] = [];
  for (const file of filesOf(folder)) received.push(await receiveSource(relative(folder, file), await openFile(file)));
  return received;
}

function readerOf(folder: string): ReturnType<typeof createFrameReader> {
  return createFrameReader(new Map(filesOf(folder).map((file) => [relative(folder, file), () => openFile(file)])));
}

const noteOf = (ledger: Ledger, code: string) => ledger.notes.find((note) => note.code === code);
const images = (ledger: Ledger) => ledger.entries.filter(({ reason }) => reason?.code !== "not-dicom");

describeWithSharedData("QRM phantom on a Canon scanner", "1-calcium/qrm-canon-large-rep1", (folder) => {
  it("is one stack of 47 slices 3 mm apart, as its README says, nothing to note", async () => {
    const ledger = buildLedger(await receiveFolder(folder), new Map());
    expect(ledger.stacks).toHaveLength(1);
    expect(ledger.stacks[0].slicePositionsMm).toHaveLength(47);
    expect(images(ledger).every(({ places }) => places.length === 1)).toBe(true);
    expect(ledger.notes).toEqual([]);
    const positions = ledger.stacks[0].slicePositionsMm;
    expect(positions.slice(1).every((z, k) => z - positions[k] === 3)).toBe(true);
  });

  describeWithPeer("beside pydicom", { name: "python3-pydicom", isPresent: hasPythonModule("pydicom") }, () => {
    it("has the same Hounsfield units, slice by slice", async () => {
      const script = `
import glob, json, os, sys, pydicom
slices = []
for f in glob.glob(sys.argv[1] + "/*"):
    if not os.path.isfile(f) or os.path.basename(f) in ("README.md", "LICENSE"): continue
    d = pydicom.dcmread(f)
    hu = d.pixel_array.astype("int64") * int(d.RescaleSlope) + int(d.RescaleIntercept)
    slices.append([float(d.ImagePositionPatient[2]), int(hu.sum()), int((hu * hu).sum()), int(hu[300, 200])])
print(json.dumps(sorted(slices)))`;
      const peer: unknown = JSON.parse(spawnSync(debianPython, ["-c", script, folder], { encoding: "utf8" }).stdout);
      const { stacks } = buildLedger(await receiveFolder(folder), new Map());
      const volume = await loadVolume(stacks[0], { unit: hounsfield, readFrame: readerOf(folder) });
      const pixels = volume.rows * volume.columns;
      const ours = Array.from({ length: volume.slices }, (_, k) => {
        const slice = volume.values.subarray(k * pixels, (k + 1) * pixels);
        let sum = 0;
        let squares = 0;
        for (const hu of slice) {
          sum += hu;
          squares += hu * hu;
        }
        return [volume.sliceOriginsLpsMm[3 * k + 2], sum, squares, slice[300 * volume.columns + 200]];
      });
      expect(ours).toEqual(peer);
      expect(volume.values).toBeInstanceOf(Int16Array);
    });
  });
});

describeWithSharedData("CT head with a tilted gantry", "5-brain/ct-head-ge-gantrytilt", (folder) => {
  it("notes the tilt its header says, and the two spacings of its two thicknesses", async () => {
    const ledger = buildLedger(await receiveFolder(folder), new Map());
    expect(ledger.stacks.map(({ frames }) => frames.length)).toEqual([28]);
    const tilt = noteOf(ledger, "gantry-tilt")?.details;
    // GantryDetectorTilt is 18.5 degrees: tan = 0.33460; its rounding to half a degree is ± 0.0049.
    expect(Math.abs(Number(tilt?.["shearMmPerMm"]) - 0.3346)).toBeLessThan(0.0049);
    expect(Number(tilt?.["largestResidualMm"])).toBeLessThan(0.01);
    // Its README: inter-slice distances of 1.08 to 6.99 mm.
    const spacing = noteOf(ledger, "variable-spacing")?.details;
    expect(Math.abs(Number(spacing?.["minMm"]) - 1.08)).toBeLessThan(0.01);
    expect(Math.abs(Number(spacing?.["maxMm"]) - 6.99)).toBeLessThan(0.01);
    expect(noteOf(ledger, "variable-thickness")?.details).toEqual({ minMm: 4, maxMm: 7 });
  });
});

describeWithSharedData("simulated QRM phantom", "1-calcium/sim-qrm-small-52_59_73", (folder) => {
  it("places none of six versions of one SOP instance until one is chosen", async () => {
    const received = await receiveFolder(folder);
    const ledger = buildLedger(received, new Map());
    expect(ledger.stacks).toHaveLength(1);
    const [undecided] = ledger.stacks[0].undecided;
    expect(undecided.dataSetSha256).toHaveLength(6);
    expect(images(ledger).map(({ reason }) => reason?.code)).toEqual(new Array(6).fill("undecided-version"));
    const options = { unit: hounsfield, readFrame: readerOf(folder) };
    await expect(loadVolume(ledger.stacks[0], options)).rejects.toMatchObject({ code: "ambiguous-version" });

    const choice = new Map([[undecided.sopInstanceUid, undecided.dataSetSha256[2].slice(0, 12)]]);
    const chosen = buildLedger(received, choice);
    expect(images(chosen).filter(({ reason }) => reason?.code === "not-chosen")).toHaveLength(5);
    expect(chosen.stacks[0].frames[0].instance.dataSetSha256).toBe(undecided.dataSetSha256[2]);
    expect((await loadVolume(chosen.stacks[0], options)).slices).toBe(1);
  });
});

describeWithSharedData("field map of two echoes", "5-brain/gre-fieldmap-siemens-magphase", (folder) => {
  it("finds the echo time as the axis; its files are named e1_01 to e2_36", async () => {
    const [stack] = buildLedger(await receiveFolder(folder), new Map()).stacks;
    expect(stack.axes.map(({ name }) => name)).toEqual(["echoTimeMs"]);
    expect([stack.slicePositionsMm.length, stack.frames.length]).toEqual([36, 72]);
  });
});

describe("nothing received is lost", () => {
  for (const name of ["1-calcium", "5-brain", "6-us-xr-xa"]) {
    describeWithSharedData(name, name, (folder) => {
      it("gives every file a place or a reason", async () => {
        const received = await receiveFolder(folder);
        const { entries, stacks } = buildLedger(received, new Map());
        expect(entries).toHaveLength(received.length);
        for (const { path, places, reason } of entries)
          expect([path, places.length > 0]).toEqual([path, reason === undefined]);
        const placed = entries.flatMap(({ places }) => places.flatMap(({ sliceIndexes }) => sliceIndexes));
        expect(placed).toHaveLength(stacks.reduce((sum, { frames }) => sum + frames.length, 0));
      });
    });
  }
});
