import { buildLedger, type Ledger, type Stack, type StackAxis } from "@etalon/volume";
import type { Picture } from "../picture/picture.ts";
import type { SeriesObject } from "../picture/read-pictures.ts";
import { picturesPerSlice } from "./stack-place.ts";

/** What an axis besides space counts: what the ledger found, or the frames of one object without a place. */
export type AxisName = StackAxis["name"] | "frame";

/** An axis besides space, with the UCUM unit of its coordinates. */
export interface PictureAxis {
  readonly name: AxisName;
  readonly unit: string;
  readonly coordinates: readonly (number | string)[];
}

/** Pictures that are scrolled through together. */
export interface PictureStack {
  readonly id: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly modality: string;
  /** Slice by slice; at each slice all points of the axes, the last axis fastest. */
  readonly pictures: readonly Picture[];
  /** Besides space; empty where some of their points have no picture. */
  readonly axes: readonly PictureAxis[];
  /** The ledger's stack; absent for pictures without a place in the patient. */
  readonly stack: Stack | undefined;
}

/** The stacks of a series, each picture in exactly one of them, and where the ledger put each object. */
export function pictureStacks(objects: readonly SeriesObject[]): {
  readonly stacks: readonly PictureStack[];
  readonly ledger: Ledger;
} {
  const byId = new Map(objects.flatMap(({ pictures }) => pictures).map((picture) => [picture.id, picture]));
  const ledger = buildLedger(
    objects.map(({ header }) => ({
      path: header.sopInstanceUid,
      sizeBytes: 0,
      // The archive gives one version of each object: its UID tells it apart.
      fileSha256: header.sopInstanceUid,
      dataSetSha256: header.sopInstanceUid,
      header,
    })),
    new Map(),
  );
  const placed = ledger.stacks.map((stack) => {
    const pictures = stack.frames.flatMap(({ instance, header }) => {
      const id = `${instance.header.sopInstanceUid}/${header.frameIndex + 1}`;
      const picture = byId.get(id);
      byId.delete(id);
      return picture === undefined ? [] : [picture];
    });
    const axes = isComplete(stack, pictures.length) ? stack.axes : [];
    return stackOf({ id: stack.id, pictures: headFirst(pictures, axes, stack), axes, stack });
  });
  return { stacks: [...placed, ...unplacedStacks([...byId.values()])].filter(isFilled), ledger };
}

function isFilled({ pictures }: PictureStack): boolean {
  return pictures.length > 0;
}

function isComplete({ axes, slicePositionsMm }: Stack, count: number): boolean {
  return count === axes.reduce((product, { coordinates }) => product * coordinates.length, slicePositionsMm.length);
}

/** From the head down, as axial slices are read; the ledger counts them upwards. Time does not turn round. */
function headFirst(pictures: readonly Picture[], axes: readonly PictureAxis[], { normal }: Stack): readonly Picture[] {
  if (normal[2] <= 0.7) return pictures;
  const each = picturesPerSlice({ axes });
  const slices = Array.from({ length: pictures.length / each }, (_, at) => pictures.slice(at * each, (at + 1) * each));
  return slices.reverse().flat();
}

/** Pictures without a place: a clip is a stack of its own, still pictures are one together. */
function unplacedStacks(pictures: readonly Picture[]): readonly PictureStack[] {
  const bySop = Map.groupBy([...pictures].sort(byNumber), ({ header }) => header.sopInstanceUid);
  const stills: Picture[] = [];
  const clips: PictureStack[] = [];
  for (const [uid, frames] of bySop) {
    if (frames.length === 1) stills.push(...frames);
    else clips.push(stackOf({ id: uid, pictures: frames, axes: [frameAxis(frames.length)], stack: undefined }));
  }
  const id = `${stills[0]?.header.seriesInstanceUid}/unplaced`;
  return stills.length === 0 ? clips : [...clips, stackOf({ id, pictures: stills, axes: [], stack: undefined })];
}

function frameAxis(count: number): PictureAxis {
  return { name: "frame", unit: "1", coordinates: Array.from({ length: count }, (_, index) => index + 1) };
}

function stackOf(parts: Pick<PictureStack, "id" | "pictures" | "axes" | "stack">): PictureStack {
  const header = parts.pictures[0]?.header;
  return {
    ...parts,
    studyInstanceUid: header?.studyInstanceUid ?? "",
    seriesInstanceUid: header?.seriesInstanceUid ?? "",
    modality: header?.modality ?? "",
  };
}

function byNumber(a: Picture, b: Picture): number {
  return (a.header.instanceNumber ?? 0) - (b.header.instanceNumber ?? 0) || a.frame.frameIndex - b.frame.frameIndex;
}
