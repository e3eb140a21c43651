import type { QualityNote } from "../../protocol.ts";
import { meanAndSd } from "../thresholds.ts";
import type { OedemaFound } from "./found.ts";

/** Fewer voxels of muscle than these say little of its mean. */
const FEW_MUSCLE_VOXELS = 30;

/** What a reader of the ratio and the extent must know. */
export function noteQuality({ inputs, regions, geometry, remote, ratio }: OedemaFound): QualityNote[] {
  const { volume, notes: ledgerNotes } = inputs.roles["t2-weighted"];
  const { parameters } = inputs;
  const { muscle, myocardium } = regions;
  const cutOff = parameters["ratio-cut-off"];
  const muscleMean = muscle.reduce((sum, value) => sum + value, 0) / muscle.length;
  const notes: QualityNote[] = [
    info(ratio >= cutOff ? "global-oedema-by-ratio" : "no-global-oedema-by-ratio", {
      ...{ ratio, cutOff, edition: "Lake Louise 2009" },
    }),
    info(remote.isDrawn ? "remote-drawn" : "remote-darkest-sector", {
      ...{ voxels: remote.voxels, mean: remote.mean, sd: remote.sd },
    }),
  ];
  if (muscle.length < FEW_MUSCLE_VOXELS) notes.push(warning("little-muscle", { voxels: muscle.length }));
  const coil = parameters["coil-correction"];
  if (coil === "not-stated" || coil === "surface-coil-uncorrected") notes.push(warning(`t2-ratio-coil-${coil}`, {}));
  // Nothing that is called remote is normal where the oedema is everywhere.
  if (remote.mean / muscleMean >= cutOff) {
    notes.push(warning("remote-itself-bright", { remoteRatio: remote.mean / muscleMean }));
  }
  const blood = [...myocardium.bloodPool.keys()].filter((i) => myocardium.bloodPool[i] === 1);
  if (blood.length > 1) {
    const bloodMean = meanAndSd(blood.map((i) => volume.values[i])).mean;
    const wallMean = meanAndSd(Array.from(myocardium.voxels, (i) => volume.values[i])).mean;
    if (bloodMean >= wallMean) notes.push(warning("blood-not-dark", { bloodMean, wallMean }));
  }
  if (!geometry.hasInsertion) notes.push(info("insertion-not-marked", {}));
  const repaired = ledgerNotes.find(({ code }) => code === "spacing-from-pixdim");
  if (repaired !== undefined) notes.push(warning("spacing-from-pixdim", repaired.details));
  return notes;
}

function warning(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "warning", details };
}

function info(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "info", details };
}
