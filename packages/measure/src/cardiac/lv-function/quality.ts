import type { QualityNote, SeriesInput } from "../../protocol.ts";
import type { Structure } from "../../structure.ts";
import type { LvFunctionInputs, Phase } from "./inputs.ts";
import type { Levels } from "./levels.ts";
import { areasOf, type Ventricles } from "./ventricles.ts";

/** What the notes are written from. */
export interface QualityFacts {
  readonly inputs: LvFunctionInputs;
  readonly structures: readonly Structure[];
  readonly levels: Levels;
  readonly ventricles: Ventricles;
  /** Phases whose left blood pool is a proposal. */
  readonly proposed: readonly Phase[];
  readonly hasBodySurface: boolean;
}

/** Everything a reader of the volumes must know beside them, in a fixed order. */
export function noteQuality(facts: QualityFacts): QualityNote[] {
  return [...noteDrawing(facts), ...noteLevels(facts), ...noteConventions(facts), ...noteFiles(facts)];
}

function noteDrawing({ proposed, structures }: QualityFacts): QualityNote[] {
  const notes: QualityNote[] = [];
  if (proposed.length > 0) notes.push(warning("blood-pool-proposed", { phases: [...proposed] }));
  if (structures.every(({ label }) => label !== "lv-myocardium" && label !== "lv-epicardium")) {
    notes.push(info("myocardium-not-drawn", {}));
  }
  return notes;
}

function noteLevels({ levels, structures, inputs }: QualityFacts): QualityNote[] {
  const notes: QualityNote[] = [];
  if (levels.unpaired.length > 0) {
    const unpaired = levels.unpaired.map(({ phase, slice, positionMm }) => {
      const drawn = structures
        .filter(({ role, areaMm2 }) => role === phase && areaMm2[slice] > 0)
        .map(({ label }) => label)
        .sort();
      const at = `${phase} ${positionMm.toFixed(1)} mm (image ${imageOf(inputs.roles[phase], slice)})`;
      return drawn.length === 0 ? at : `${at}: ${drawn.join(", ")}`;
    });
    notes.push(warning("partial-stack", { pairedLevels: levels.paired.length, unpaired }));
  }
  const source = { structures, levels: levels.paired };
  const diastole = areasOf(source, "lv-blood-pool", "end-diastole");
  const systole = areasOf(source, "lv-blood-pool", "end-systole");
  const holes = diastole.flatMap((area, level) => {
    const isInside = (areas: readonly number[]): boolean =>
      areas.slice(0, level).some((other) => other > 0) && areas.slice(level + 1).some((other) => other > 0);
    const isHole = (area === 0 && isInside(diastole)) || (systole[level] === 0 && isInside(systole));
    return isHole ? [levels.paired[level].positionMm] : [];
  });
  if (holes.length > 0) notes.push(warning("level-not-drawn", { positionsMm: holes }));
  if ((diastole.at(0) ?? 0) > 0 || (diastole.at(-1) ?? 0) > 0) notes.push(warning("ventricle-at-stack-end", {}));
  const increments = inputs.roles["end-diastole"].volume.sliceIncrementsMm;
  const [least, most] = [Math.min(...increments), Math.max(...increments)];
  if (most - least > UNEVEN_MM) notes.push(warning("uneven-slices", { minMm: least, maxMm: most }));
  return notes;
}

/** Increments that differ by less are rounding of the header, mm. */
const UNEVEN_MM = 0.1;

function noteConventions({ inputs, levels, structures, ventricles, hasBodySurface }: QualityFacts): QualityNote[] {
  const source = { structures, levels: levels.paired };
  const drawnLevels = (phase: Phase): number =>
    areasOf(source, "lv-blood-pool", phase).filter((area) => area > 0).length;
  const notes = [
    info("summation-of-discs", {
      diastolicLevels: drawnLevels("end-diastole"),
      systolicLevels: drawnLevels("end-systole"),
    }),
  ];
  if (inputs.parameters["papillary-muscles"] === "not-stated") notes.push(info("papillary-muscles-not-stated", {}));
  if (!hasBodySurface) notes.push(info("body-size-not-given", {}));
  const { left, right } = ventricles;
  if (right !== undefined) {
    const strokeMl = (volumes: Readonly<Record<Phase, number>>) => volumes["end-diastole"] - volumes["end-systole"];
    notes.push(info("stroke-volumes-of-both", { leftMl: strokeMl(left), rightMl: strokeMl(right) }));
  }
  return notes;
}

/** What was mended in research files. */
function noteFiles({ inputs }: QualityFacts): QualityNote[] {
  const repaired = [inputs.roles["end-diastole"], inputs.roles["end-systole"]]
    .flatMap(({ notes }) => notes)
    .find(({ code }) => code === "spacing-from-pixdim");
  return repaired === undefined ? [] : [warning("spacing-from-pixdim", repaired.details)];
}

function imageOf({ stack }: SeriesInput, slice: number): number | string {
  const frame = stack.frames[slice];
  return frame.instance.header.instanceNumber ?? frame.header.frameIndex + 1;
}

function warning(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "warning", details };
}

function info(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "info", details };
}
