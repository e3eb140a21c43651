import type { LedgerNote, Volume } from "@etalon/volume";
import type { QualityNote } from "../../protocol.ts";
import { type Acquisition, isSharpKernel } from "./acquisition.ts";

/** What the notes are written from. */
export interface QualityFacts {
  readonly acquisition: Acquisition;
  /** The volume as acquired. */
  readonly acquired: Volume;
  /** The volume that was scored, the same one unless slices were averaged. */
  readonly scored: Volume;
  readonly ledgerNotes: readonly LedgerNote[];
  /** Tube voltage the score was made with, kV; `null` when nobody said. */
  readonly tubeVoltageKv: number | null;
  readonly isTubeVoltageOverridden: boolean;
  /** Whether thresholds for this tube voltage were asked for and none are published: the 1990 ones were used. */
  readonly areThresholdsUnpublished: boolean;
  readonly contrastOverride: string | null;
  readonly thickSliceLimitMm: number;
  readonly hasMarks: boolean;
  /** Whether any row of the images looks like a heart between lungs. */
  readonly hasHeartZone: boolean;
  readonly isBodyCut: boolean;
  readonly shortestCoverageMm: number;
  /** Proposed lesions that no mark takes. */
  readonly unassigned: {
    readonly lesions: number;
    readonly agatstonScore: number;
    /** Whether the category would be another with them: specks of noise that change nothing are not worth a warning. */
    readonly changesCategory: boolean;
  };
  /** Regions of the marks, by id, that hold no voxel. */
  readonly regionsOutside: readonly string[];
  readonly hasMassCalibration: boolean;
  /** Regions of the marks that hold no bright voxel. */
  readonly emptyRegions: readonly string[];
}

/** Overlap or gap below this fraction of the thickness is rounding of the header, not a fact. */
const SPACING_TOLERANCE = 0.02;

/** Everything a reader of the score must know beside it, in a fixed order. */
export function noteQuality(facts: QualityFacts): QualityNote[] {
  return [...noteReading(facts), ...noteThickness(facts), ...noteTube(facts), ...noteLedger(facts.ledgerNotes)];
}

function noteReading(facts: QualityFacts): QualityNote[] {
  const notes: QualityNote[] = [];
  if (!facts.hasMarks) notes.push(warning("no-marks", {}));
  if (!facts.hasHeartZone) notes.push(warning("heart-not-located", {}));
  if (!facts.hasMarks && facts.isBodyCut) notes.push(warning("body-cut-by-field", {}));
  const { lesions, agatstonScore, changesCategory } = facts.unassigned;
  if (changesCategory) notes.push(warning("candidates-not-assigned", { lesions, agatstonScore }));
  for (const region of facts.regionsOutside) notes.push(warning("region-outside-images", { region }));
  for (const region of facts.emptyRegions) notes.push(info("region-without-calcium", { region }));
  if (facts.contrastOverride !== null) notes.push(warning("contrast-overridden", { reason: facts.contrastOverride }));
  if (!facts.hasMassCalibration) notes.push(info("mass-not-calibrated", {}));
  const sharp = facts.acquisition.kernels.filter(isSharpKernel);
  if (sharp.length > 0) notes.push(warning("sharp-kernel", { kernels: sharp }));
  return notes;
}

function noteThickness(facts: QualityFacts): QualityNote[] {
  const notes: QualityNote[] = [];
  const thicknessMm = facts.acquired.sliceThicknessMm;
  const incrementMm = medianOf(facts.acquired.sliceIncrementsMm);
  const coverageMm = facts.acquired.sliceIncrementsMm.reduce((sum, increment) => sum + increment, 0);
  if (coverageMm < facts.shortestCoverageMm) notes.push(warning("short-coverage", { coverageMm }));
  if (facts.scored !== facts.acquired) {
    notes.push(warning("thin-slices-averaged", { thicknessMm, incrementMm, slabMm: facts.scored.sliceThicknessMm }));
  }
  if (thicknessMm > facts.thickSliceLimitMm) notes.push(warning("thick-slices", { thicknessMm }));
  if (incrementMm < thicknessMm * (1 - SPACING_TOLERANCE)) {
    notes.push(warning("overlapping-slices", { thicknessMm, incrementMm }));
  }
  if (incrementMm > thicknessMm * (1 + SPACING_TOLERANCE)) {
    notes.push(warning("gaps-between-slices", { thicknessMm, incrementMm }));
  }
  if (facts.acquisition.sliceThicknessesMm.length > 1) {
    notes.push(warning("mixed-thickness", { thicknessesMm: facts.acquisition.sliceThicknessesMm }));
  }
  return notes;
}

function noteTube(facts: QualityFacts): QualityNote[] {
  const notes: QualityNote[] = [];
  const { tubeVoltagesKv } = facts.acquisition;
  if (facts.tubeVoltageKv === null) notes.push(warning("tube-voltage-unknown", {}));
  else if (facts.tubeVoltageKv !== 120)
    notes.push(warning("tube-voltage-not-120", { tubeVoltageKv: facts.tubeVoltageKv }));
  if (facts.areThresholdsUnpublished) {
    notes.push(warning("no-thresholds-for-tube-voltage", { tubeVoltageKv: facts.tubeVoltageKv }));
  }
  if (facts.isTubeVoltageOverridden) {
    notes.push(warning("tube-voltage-overridden", { header: tubeVoltagesKv, used: facts.tubeVoltageKv }));
  } else if (tubeVoltagesKv.length > 1) notes.push(warning("mixed-tube-voltage", { tubeVoltagesKv }));
  return notes;
}

/** Ledger notes that change what a score means; the others stay in the ledger. */
const LEDGER_CODES: readonly LedgerNote["code"][] = [
  "missing-slices",
  "variable-spacing",
  "gantry-tilt",
  "version-chosen",
];

function noteLedger(notes: readonly LedgerNote[]): QualityNote[] {
  return notes.filter(({ code }) => LEDGER_CODES.includes(code)).map(({ code, details }) => warning(code, details));
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.floor(sorted.length / 2)];
}

function warning(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "warning", details };
}

function info(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "info", details };
}
