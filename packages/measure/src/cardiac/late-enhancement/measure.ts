import { RefusalError } from "@etalon/base";
import type { Measurement, Output, QualityNote, SensitivityRow, SeriesInput } from "../../protocol.ts";
import { territoryOf } from "../coronary-territory.ts";
import { type Remote, remoteOf } from "../remote-myocardium.ts";
import { type WallGeometry, wallGeometry } from "../wall-geometry.ts";
import { type ExtentMethod, type ExtentSource, enhancedBy, thresholdOf, volumeMl } from "./extent.ts";
import type { LateEnhancementInputs, LateEnhancementRole } from "./inputs.ts";
import { gatherMyocardium } from "./myocardium.ts";
import { output } from "./outputs.ts";
import { type Acquisition, noteSecond, secondOutputs } from "./second-acquisition.ts";
import { type ChordSummary, summarizeChords, transmuralityBand } from "./segments.ts";

/** The methods that stand beside each other in the sensitivity. */
const METHODS: readonly ExtentMethod[] = [
  "drawn",
  "sd-2",
  "sd-3",
  "sd-4",
  "sd-5",
  "sd-6",
  "fwhm",
  "fwhm-remote",
  "otsu",
];

interface Prepared {
  readonly inputs: LateEnhancementInputs;
  readonly images: SeriesInput;
  readonly source: ExtentSource;
  readonly geometry: WallGeometry;
  readonly myocardiumMl: number;
  readonly perSlice: number;
  readonly scar: Uint8Array;
  readonly chords: ChordSummary;
}

/**
 * Late enhancement of the left ventricle: (infarct + no-reflow) / all myocardium, masses, segments, pattern. What is enhanced
 * is what the reader drew, or what a declared threshold method finds in the drawn myocardium; the others stand beside it. A
 * second acquisition is measured in the same way, and set beside the first.
 *
 * @throws {RefusalError} `structure-missing` without myocardium, or without infarct where drawings are asked for; `no-signal`
 * @throws {InputError} `not-finite`
 */
export function measureLateEnhancement(inputs: LateEnhancementInputs): Measurement {
  const { roles } = inputs;
  const first = measureAcquisition("late-enhancement", roles["late-enhancement"], inputs);
  const second =
    roles["second-acquisition"] === null
      ? null
      : measureAcquisition("second-acquisition", roles["second-acquisition"], inputs);
  const pair = second === null ? null : { first: shownOf(first), second: shownOf(second) };
  const enhancedFrom = inputs.parameters["enhanced-from"];
  return {
    outputs: [...listOutputs(first), ...(pair === null ? [] : secondOutputs(pair, enhancedFrom))],
    provisional: false,
    quality: [
      ...noteQuality(first),
      ...(pair === null ? [] : noteSecond(pair, enhancedFrom)),
      ...(second === null ? [] : noteOfOffset(second)),
    ],
    candidates: [],
    maps: [],
    curves: [],
    sensitivity: varyMethods(first),
  };
}

function measureAcquisition(role: LateEnhancementRole, images: SeriesInput, inputs: LateEnhancementInputs): Prepared {
  const { parameters, seeds = [], structures = [] } = inputs;
  const { volume } = images;
  const myocardium = gatherMyocardium(images, role, structures);
  if (parameters.method === "drawn" && !myocardium.isInfarctDrawn) {
    throw new RefusalError("structure-missing", { field: role, received: "infarct" });
  }
  const geometry = wallGeometry(
    volume,
    myocardium,
    seeds.filter((seed) => seed.role === role),
  );
  const remote = remoteOf({ volume, sectorDeg: parameters["remote-sector"] }, myocardium, geometry);
  const source = { myocardium, remote, sdCount: parameters["sd-count"] };
  const perSlice = volume.columns * volume.rows;
  const whole = new Uint8Array(volume.values.length).fill(1);
  const scar = enhancedBy(parameters.method, volume.values, source);
  const chords = summarizeChords(volume, { myocardium, geometry, scar }, parameters["endocardial-share"]);
  const myocardiumMl = volumeMl(whole, myocardium, perSlice);
  return { inputs, images, source, geometry, perSlice, myocardiumMl, scar, chords };
}

/** What is compared of an acquisition. */
function shownOf(prepared: Prepared): Acquisition {
  const { geometry, chords, scar } = prepared;
  return {
    percent: percentOf(scar, prepared),
    segments: geometry.hasInsertion ? chords.segments : [],
    scarredChords: chords.scarredChords,
    endocardialShare: chords.endocardialShare,
  };
}

function percentOf(scar: Uint8Array, { source, perSlice, myocardiumMl }: Prepared): number {
  return (100 * volumeMl(scar, source.myocardium, perSlice)) / myocardiumMl;
}

function listOutputs(prepared: Prepared): Output[] {
  const { inputs, source, geometry, myocardiumMl, perSlice, scar, chords } = prepared;
  const density = inputs.parameters["myocardial-density"];
  const { noReflow } = source.myocardium;
  const obstructedMl = volumeMl(noReflow, source.myocardium, perSlice);
  const total = [
    output("infarct-percent", percentOf(scar, prepared)),
    output("infarct-mass", volumeMl(scar, source.myocardium, perSlice) * density),
    output("no-reflow-percent", (100 * obstructedMl) / myocardiumMl),
    output("no-reflow-mass", obstructedMl * density),
    output("lv-mass", myocardiumMl * density),
  ];
  if (!geometry.hasInsertion) return total;
  return [
    ...total,
    ...chords.segments.flatMap(({ segment, extentPercent, transmuralityPercent }) => [
      output("infarct-percent", extentPercent, `AHA-${segment}`),
      output("transmurality", transmuralityPercent, `AHA-${segment}`),
      output("transmurality-band", transmuralityBand(extentPercent), `AHA-${segment}`),
    ]),
  ];
}

function varyMethods(prepared: Prepared): SensitivityRow[] {
  const { source, images, scar } = prepared;
  const { values } = images.volume;
  const own = extentClass(percentOf(scar, prepared));
  return METHODS.filter((method) => method !== "drawn" || source.myocardium.isInfarctDrawn).map((choice) => {
    const value = percentOf(enhancedBy(choice, values, source), prepared);
    const category = extentClass(value);
    return {
      ...{ parameter: "method", choice, output: "infarct-percent", value, category },
      changesCategory: category !== own,
    };
  });
}

/** Whether there is any enhancement: no published cut of extent was read. */
function extentClass(percent: number): "none" | "present" {
  return percent > 0 ? "present" : "none";
}

function noteQuality(prepared: Prepared): QualityNote[] {
  const { inputs, source, geometry, images, scar } = prepared;
  const { notes: ledgerNotes, volume } = images;
  const notes: QualityNote[] = [noteOfRemote(source.remote)];
  if (inputs.parameters.method !== "drawn") {
    const threshold = thresholdOf(inputs.parameters.method, volume.values, source) ?? 0;
    notes.push(info("enhancement-by-threshold", { method: inputs.parameters.method, threshold }));
  } else {
    const against = (method: ExtentMethod) =>
      percentOf(enhancedBy(method, volume.values, source), prepared) - percentOf(scar, prepared);
    notes.push(info("methods-beside-drawing", { fiveSdPoints: against("sd-5"), fwhmPoints: against("fwhm") }));
  }
  notes.push(...noteOfOffset(prepared));
  if (!geometry.hasInsertion) notes.push(info("insertion-not-marked", {}));
  notes.push(...noteOfPattern(prepared));
  const repaired = ledgerNotes.find(({ code }) => code === "spacing-from-pixdim");
  if (repaired !== undefined) notes.push(warning("spacing-from-pixdim", repaired.details));
  return notes;
}

/** Where remote myocardium is itself above half of the maximum, the images are stored with an offset. */
function noteOfOffset({ source, images }: Prepared): QualityNote[] {
  const half = thresholdOf("fwhm", images.volume.values, source) ?? Number.POSITIVE_INFINITY;
  const { mean } = source.remote;
  return mean >= half ? [warning("signal-has-offset", { remoteMean: mean })] : [];
}

function noteOfRemote({ mean, sd, voxels, isDrawn }: Remote): QualityNote {
  return isDrawn ? info("remote-drawn", { voxels, mean, sd }) : info("remote-darkest-sector", { voxels, mean, sd });
}

/** From this share of scarred chords on the endocardium is what the scar starts from, and below the other it is spared. */
const MOSTLY = 0.75;
const RARELY = 0.25;

function noteOfPattern({ geometry, chords }: Prepared): QualityNote[] {
  const { segments, scarredChords, endocardialShare } = chords;
  if (scarredChords === 0) return [];
  const endocardialPercent = 100 * endocardialShare;
  const details = { endocardialPercent, ...territoryDetails(segments, geometry) };
  if (endocardialShare >= MOSTLY) return [info("pattern-ischaemic", details)];
  if (endocardialShare <= RARELY) return [info("pattern-non-ischaemic", details)];
  return [info("pattern-mixed", details)];
}

/** The territory with most scarred segments, where segments are known. */
function territoryDetails(
  segments: ChordSummary["segments"],
  { hasInsertion }: WallGeometry,
): { readonly territory: string } {
  if (!hasInsertion) return { territory: "–" };
  const sums = new Map<string, number>();
  for (const { segment, extentPercent } of segments) {
    const territory = territoryOf(segment);
    sums.set(territory, (sums.get(territory) ?? 0) + extentPercent);
  }
  const [most] = [...sums].sort(([, a], [, b]) => b - a);
  return { territory: most === undefined ? "–" : most[0] };
}

function warning(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "warning", details };
}

function info(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "info", details };
}
