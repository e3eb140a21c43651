import type { QualityNote, WeightedInput } from "../protocol.ts";
import type { FittedVoxels } from "./fit-map.ts";
import { reasonCounts } from "./region-statistics.ts";
import { weightingKeyword } from "./weighting-keyword.ts";

/** What a reader of any map must know: weightings, noise, how many voxels have a value and why the others have none. */
export function mapNotes(
  input: WeightedInput,
  {
    fitted,
    noise,
    minimumSnr,
  }: { readonly fitted: FittedVoxels; readonly noise: number | null; readonly minimumSnr: number },
): QualityNote[] {
  const { weighting, images, notes: ledgerNotes } = input;
  const unit = weighting === "flipAngleDeg" ? "deg" : "ms";
  const weightings = images.map((image) => image.weightings[0]);
  const isVaried = images.some((image) => image.weightings.some((value) => value !== image.weightings[0]));
  const notes: QualityNote[] = [
    info("map-weightings", { attribute: weightingKeyword[weighting], unit, images: images.length, weightings }),
    ...(isVaried ? [info("map-weightings-per-slice", {})] : []),
    noise === null
      ? warning("map-noise-unknown", {})
      : info("map-noise", { noise, minimumSnr, lowestSignal: noise * minimumSnr }),
    info("map-voxels", reasonCounts(fitted)),
  ];
  notes.push(...motionNotes(input));
  if (weighting === "triggerTimeMs") notes.push(warning("map-weighted-by-trigger", {}));
  if (images.some(({ volume }) => volume.values.some((value) => value < 0)))
    notes.push(warning("map-negative-signal", {}));
  for (const code of ["side-file-read", "spacing-from-pixdim"] as const) {
    const found = ledgerNotes.filter((note) => note.code === code);
    const [first] = found;
    if (first === undefined) continue;
    if (code === "side-file-read") notes.push(info("times-from-side-file", { files: found.length }));
    else notes.push(warning(code, first.details));
  }
  return notes;
}

/** What was moved before the fit, by recorded transforms; nothing where nothing was. */
export function motionNotes({ motion }: WeightedInput): QualityNote[] {
  if (motion === undefined) return [];
  const { moved, farthestMm, by } = motion;
  return [info("images-moved", { moved, farthestMm, by: by.join(", ") })];
}

/** A note that a reader may pass over. */
export function info(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "info", details };
}

/** A note that a reader must weigh. */
export function warning(code: string, details: QualityNote["details"]): QualityNote {
  return { code, severity: "warning", details };
}
