import { spawnSync } from "node:child_process";
import { join } from "node:path";
import {
  debianPython,
  describeWithPeer,
  describeWithSharedData,
  hasPythonModule,
  prepareStudy,
  receiveFolder,
} from "@etalon/testing";
import { buildLedger, loadVolume, type Volume } from "@etalon/volume";
import { expect, it } from "vitest";
import { z } from "zod";

const script = join(import.meta.dirname, "peer/peer_maps.py");
const answerSchema = z.array(z.number().nullable());

function askPeer(args: readonly string[], input = ""): readonly (number | null)[] {
  const { status, stdout, stderr } = spawnSync(debianPython, [script, ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return answerSchema.parse(JSON.parse(stdout));
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;

describeWithPeer("maps beside other programs", { name: "scipy", isPresent: hasPythonModule("scipy") }, () => {
  describeWithSharedData(
    "a gel phantom, spin-echo inversion recovery",
    "3-cardiac-mr/t1-seir-phantom-dicom",
    (folder) => {
      it("agrees with Barral's program: median within 0.1 %, 99 % of its mask within 3 %", async () => {
        const study = await receiveFolder(folder);
        const run = await prepareStudy(study, { protocol: "cardiac/t1-map" });
        const result = run.measure();
        // Of 16 images four are magnitudes.
        expect(result.recipe.inputs).toHaveLength(4);
        const [t1] = run.maps();
        const peer = askPeer(["mat", join(folder, "fitdata/T1FitRD-NLS-PR_TestSingleSlice.mat")]);
        expect(peer).toHaveLength(256 * 256);
        const differences = peer.flatMap((ms, voxel) =>
          ms === null || ms === 0 ? [] : [Math.abs((t1?.values[voxel] ?? 0) - ms) / ms],
        );
        // MANIFEST.tsv: 31744 voxels in the mask.
        expect(differences.length).toBe(31_744);
        expect(quantile(differences, 0.5)).toBeLessThan(0.001);
        expect(differences.filter((share) => share <= 0.03).length / differences.length).toBeGreaterThan(0.99);
      });
    },
  );

  describeWithSharedData("a kidney at 3 T, 12 gradient echoes", "3-cardiac-mr/t2star-kidney-philips", (folder) => {
    it("agrees with scipy's curve_fit within 1 % in 99 % of the voxels above an SNR of 20; the others have a reason", async () => {
      const study = await receiveFolder(folder);
      const run = await prepareStudy(study, { protocol: "cardiac/t2star-map" });
      const result = run.measure();
      expect(result.quality.find(({ code }) => code === "times-from-side-file")?.details).toEqual({ files: 12 });
      const [t2star, , , used, reason] = run.maps();
      const echoes = await echoesOf(study);
      const noise = Number(result.quality.find(({ code }) => code === "map-noise")?.details["noise"]);
      const values = t2star?.values ?? new Float32Array();
      const voxels = [...values.keys()].filter((voxel) => (echoes[0]?.volume.values[voxel] ?? 0) > 20 * noise);
      expect(voxels.length).toBeGreaterThan(20_000);
      const fitted = voxels.filter((voxel) => reason?.values[voxel] === 0);
      // Every tenth: scipy takes a fifth of a millisecond for each.
      const sampled = fitted.filter((_, i) => i % 10 === 0);
      const fits = sampled.map((voxel) => {
        const own = echoes.slice(0, used?.values[voxel]);
        return { times: own.map(({ ms }) => ms), signal: own.map(({ volume }) => volume.values[voxel]) };
      });
      const peer = askPeer(["decay"], JSON.stringify({ fits }));
      const near = peer.filter((ms, i) => {
        const own = values[sampled[i] ?? -1] ?? Number.NaN;
        return ms !== null && Math.abs(own - ms) <= 0.01 * ms;
      });
      expect(near.length / sampled.length).toBeGreaterThan(0.99);
      // What has no value says why: no zero without a reason, no reason beside a value.
      values.forEach((ms, voxel) => void expect(ms > 0).toBe(reason?.values[voxel] === 0));
    });
  });
});

async function echoesOf({
  received,
  readFrame,
}: Awaited<ReturnType<typeof receiveFolder>>): Promise<readonly { readonly ms: number; readonly volume: Volume }[]> {
  const echoes: { ms: number; volume: Volume }[] = [];
  for (const stack of buildLedger(received, new Map()).stacks) {
    const ms = stack.frames[0]?.header.axes.echoTimeMs ?? Number.NaN;
    echoes.push({ ms, volume: await loadVolume(stack, { readFrame, unit: "1" }) });
  }
  return echoes.sort((a, b) => a.ms - b.ms);
}
