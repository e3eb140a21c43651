import { findRuns, labelRunsInSpace } from "@etalon/kernels";
import type { Measurement, Output, QualityNote, SensitivityRow } from "../../protocol.ts";
import type { InterventionInputs } from "./inputs.ts";
import { gatherMasks, type InterventionMasks, without } from "./masks.ts";
import { output } from "./outputs.ts";
import { surfaceDistances } from "./surface-distances.ts";

/**
 * What an ablation left against what was planned: covered share, overlap, gaps, lesion outside the target, distances of the
 * surfaces; and what of it was there before.
 *
 * @throws {RefusalError} `structure-missing`; `mask-grid-mismatch` where the images before lie on another grid
 */
export function checkIntervention(inputs: InterventionInputs): Measurement {
  const masks = gatherMasks(inputs);
  const lesion = lesionBy(inputs.parameters["checked-by"], inputs.parameters["scar-before"], masks);
  return {
    outputs: lesion === null ? [] : listOutputs(inputs, masks, lesion),
    provisional: false,
    quality: noteQuality(inputs, masks, lesion),
    candidates: [],
    maps: [],
    curves: [],
    sensitivity: lesion === null ? [] : varyChoices(inputs, masks, lesion),
  };
}

type SeenAs = "lesion" | "oedema";

/** What counts as the lesion under two choices; `null` where marks do not name what they need. */
function lesionBy(
  by: SeenAs,
  scarBefore: "included" | "left-out",
  { after, before }: InterventionMasks,
): Uint8Array | null {
  const [own, earlier] = [after[by], before[by]];
  if (own === null || scarBefore === "included") return own;
  return earlier === null ? null : without(own, earlier);
}

/** Volume of a mask, mL: voxel by voxel, each slice with its own increment. */
function volumeMl(mask: Uint8Array, { roles }: InterventionInputs): number {
  const { columns, rows, columnSpacingMm, rowSpacingMm, sliceIncrementsMm } = roles.after.volume;
  const perSlice = columns * rows;
  let sum = 0;
  for (let k = 0; k < sliceIncrementsMm.length; k++) {
    let count = 0;
    for (let i = k * perSlice; i < (k + 1) * perSlice; i++) count += mask[i];
    sum += (count * sliceIncrementsMm[k] * columnSpacingMm * rowSpacingMm) / 1000;
  }
  return sum;
}

function coverage(target: Uint8Array, lesion: Uint8Array, inputs: InterventionInputs): number {
  const covered = without(target, without(target, lesion));
  return (100 * volumeMl(covered, inputs)) / volumeMl(target, inputs);
}

function listOutputs(inputs: InterventionInputs, { target, before }: InterventionMasks, lesion: Uint8Array): Output[] {
  const volume = (mask: Uint8Array) => volumeMl(mask, inputs);
  const residual = without(target, lesion);
  const covered = without(target, residual);
  const gaps = gapVolumes(residual, inputs);
  const earlier = before[inputs.parameters["checked-by"]];
  const distances = surfaceDistances(lesion, target, inputs.roles.after.volume);
  return [
    output("target-coverage", coverage(target, lesion, inputs)),
    output("target-dice", (2 * volume(covered)) / (volume(target) + volume(lesion))),
    output("target-volume", volume(target)),
    output("residual-volume", volume(residual)),
    output("largest-gap-volume", Math.max(0, ...gaps)),
    output("gap-count", gaps.length),
    output("lesion-volume", volume(lesion)),
    output("off-target-volume", volume(without(lesion, target))),
    ...(earlier === null ? [] : [output("new-lesion-volume", volume(without(lesion, earlier)))]),
    ...(distances === undefined
      ? []
      : [
          output("surface-distance-mean", distances.mean),
          output("surface-distance-95", distances.percentile95),
          output("surface-distance-max", distances.max),
        ]),
  ];
}

/** Volumes of the connected parts of the target outside the lesion, mL; voxels that share a corner are one part. */
function gapVolumes(residual: Uint8Array, { roles }: InterventionInputs): readonly number[] {
  const { columns, rows, slices, columnSpacingMm, rowSpacingMm, sliceIncrementsMm } = roles.after.volume;
  const runs = findRuns(Int16Array.from(residual), { columns, rows, slices, threshold: 1 });
  const { count, labels } = labelRunsInSpace(runs);
  const volumes = new Float64Array(count);
  for (let run = 0; run < runs.count; run++) {
    const voxels = runs.end[run] - runs.start[run] + 1;
    volumes[labels[run]] += (voxels * sliceIncrementsMm[runs.slice[run]] * columnSpacingMm * rowSpacingMm) / 1000;
  }
  return [...volumes];
}

function varyChoices(inputs: InterventionInputs, masks: InterventionMasks, lesion: Uint8Array): SensitivityRow[] {
  const by = inputs.parameters["checked-by"];
  const scarBefore = inputs.parameters["scar-before"];
  const own = gapClass(coverage(masks.target, lesion, inputs));
  const rowOf = (parameter: string, choice: string, other: Uint8Array | null): SensitivityRow[] => {
    if (other === null) return [];
    const value = coverage(masks.target, other, inputs);
    const category = gapClass(value);
    return [{ parameter, choice, output: "target-coverage", value, category, changesCategory: category !== own }];
  };
  return [
    ...(["lesion", "oedema"] as const).flatMap((choice) =>
      rowOf("checked-by", choice, lesionBy(choice, scarBefore, masks)),
    ),
    ...(["included", "left-out"] as const).flatMap((choice) =>
      rowOf("scar-before", choice, lesionBy(by, choice, masks)),
    ),
  ];
}

/** Whether anything of the target is left: no published cut of coverage was read. */
function gapClass(percent: number): "covered" | "gap" {
  return percent >= 100 ? "covered" : "gap";
}

function noteQuality(
  { roles, parameters }: InterventionInputs,
  { before }: InterventionMasks,
  lesion: Uint8Array | null,
): QualityNote[] {
  const note = (
    code: string,
    severity: QualityNote["severity"],
    details: QualityNote["details"] = {},
  ): QualityNote => ({
    ...{ code, severity, details },
  });
  const by = parameters["checked-by"];
  const notes: QualityNote[] = [];
  if (lesion?.includes(1) !== true) notes.push(note("no-lesion-after", "warning"));
  notes.push(note("no-cut-of-coverage", "info"));
  if (roles.before === null) notes.push(note("before-not-given", "info"));
  else notes.push(note("one-grid-is-no-registration", "warning"));
  if (roles.before !== null && before[by] === null) notes.push(note("nothing-drawn-before", "info", { structure: by }));
  if (by === "oedema") notes.push(note("oedema-is-not-necrosis", "warning"));
  const repaired = roles.after.notes.find(({ code }) => code === "spacing-from-pixdim");
  if (repaired !== undefined) notes.push(note("spacing-from-pixdim", "warning", repaired.details));
  return notes;
}
