import { compareNumbers, compareText } from "./compare.ts";
import type { PlanarFrame } from "./planar-frame.ts";

/** What all frames of a stack share. */
export interface GeometryKey {
  readonly isLocalizer: boolean;
  readonly frameOfReferenceUid: string;
  readonly rows: number;
  readonly columns: number;
  readonly pixelSpacingMm: readonly [number, number];
  readonly orientation: readonly [number, number, number, number, number, number];
}

/** Frames of one series with one geometry. */
export interface GeometryGroup<Frame extends PlanarFrame> {
  readonly key: GeometryKey;
  readonly frames: readonly Frame[];
}

/** Direction cosines within 1e-3 (0.06 degrees) are one orientation: the rounding of three decimals that some files have. */
export const orientationTolerance = 1e-3;

/** Pixel spacings within 1e-4 of each other are one spacing: a twentieth of a pixel over 512. */
export const spacingTolerance = 1e-4;

/**
 * Frames of one series, grouped by localizer or not (ImageType value 3), frame of reference, matrix, orientation and
 * pixel spacing, the last two within {@link orientationTolerance} and {@link spacingTolerance}. Groups come in the order
 * of these keys, whatever the order of the frames. Frames of reference count for nothing where every image has its own.
 */
export function groupByGeometry<Frame extends PlanarFrame>(frames: readonly Frame[]): readonly GeometryGroup<Frame>[] {
  const exact = new Map<string, { readonly key: GeometryKey; readonly frames: Frame[] }>();
  const saysNothing = hasOwnFramesOfReference(frames);
  for (const frame of frames) {
    const key = saysNothing ? { ...keyOf(frame), frameOfReferenceUid: "" } : keyOf(frame);
    const name = JSON.stringify(Object.values(key));
    const group = exact.get(name);
    if (group === undefined) exact.set(name, { key, frames: [frame] });
    else group.frames.push(frame);
  }
  const merged: { readonly key: GeometryKey; readonly frames: Frame[] }[] = [];
  for (const group of [...exact.values()].sort((a, b) => compareKeys(a.key, b.key))) {
    const home = findHome(merged, group.key);
    if (home === undefined) merged.push(group);
    else for (const frame of group.frames) home.frames.push(frame);
  }
  return merged;
}

/** Fewer images may well have been made in as many positions of the patient. */
const fewestOwnFrames = 3;

/**
 * Whether every image of a series has a frame of reference of its own: no scanner moves the patient between two slices, so
 * that a de-identification made the UIDs anew one by one, and they say nothing.
 */
export function hasOwnFramesOfReference(frames: readonly PlanarFrame[]): boolean {
  const uidOf = new Map(frames.map(({ instance }) => [instance.dataSetSha256, instance.header.frameOfReferenceUid]));
  if (uidOf.size < fewestOwnFrames) return false;
  const uids = new Set([...uidOf.values()].filter((uid) => uid !== undefined && uid !== ""));
  return uids.size === uidOf.size;
}

/** The attributes in which groups of one series differ. */
export function differencesBetween(keys: readonly GeometryKey[]): readonly string[] {
  const [first, ...others] = keys;
  const differs = (test: (key: GeometryKey) => boolean): boolean => others.some((key) => !test(key));
  const names: string[] = [];
  if (differs((key) => key.isLocalizer === first.isLocalizer)) names.push("localizer");
  if (differs((key) => key.frameOfReferenceUid === first.frameOfReferenceUid)) names.push("frame-of-reference");
  if (differs((key) => key.rows === first.rows && key.columns === first.columns)) names.push("matrix");
  if (differs((key) => areSpacingsEqual(key, first))) names.push("pixel-spacing");
  if (differs((key) => areOrientationsEqual(key, first))) names.push("orientation");
  return names;
}

function keyOf({ instance, header }: PlanarFrame): GeometryKey {
  return {
    isLocalizer: instance.header.imageType[2] === "LOCALIZER",
    frameOfReferenceUid: instance.header.frameOfReferenceUid ?? "",
    rows: instance.header.rows,
    columns: instance.header.columns,
    pixelSpacingMm: header.pixelSpacingMm,
    orientation: header.orientation,
  };
}

/** Numbers the sorted groups are searched by; the first cosine ends the search of {@link findHome}. */
function compareKeys(a: GeometryKey, b: GeometryKey): number {
  return (
    Number(a.isLocalizer) - Number(b.isLocalizer) ||
    compareText(a.frameOfReferenceUid, b.frameOfReferenceUid) ||
    compareNumbers([a.rows, a.columns, ...a.orientation], [b.rows, b.columns, ...b.orientation]) ||
    compareNumbers(a.pixelSpacingMm, b.pixelSpacingMm)
  );
}

/** The last group that holds such frames. Groups are sorted, so the search ends where the first cosine is out of reach. */
function findHome<Group extends { readonly key: GeometryKey }>(
  groups: readonly Group[],
  key: GeometryKey,
): Group | undefined {
  for (let g = groups.length - 1; g >= 0; g--) {
    const other = groups[g].key;
    if (
      other.isLocalizer !== key.isLocalizer ||
      other.frameOfReferenceUid !== key.frameOfReferenceUid ||
      other.rows !== key.rows ||
      other.columns !== key.columns ||
      key.orientation[0] - other.orientation[0] > orientationTolerance
    ) {
      return undefined;
    }
    if (areOrientationsEqual(key, other) && areSpacingsEqual(key, other)) return groups[g];
  }
  return undefined;
}

function areOrientationsEqual(a: GeometryKey, b: GeometryKey): boolean {
  return a.orientation.every((cosine, i) => Math.abs(cosine - b.orientation[i]) <= orientationTolerance);
}

function areSpacingsEqual(a: GeometryKey, b: GeometryKey): boolean {
  return a.pixelSpacingMm.every((mm, i) => Math.abs(mm - b.pixelSpacingMm[i]) <= spacingTolerance * mm);
}
