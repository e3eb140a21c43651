import { buildLedger, type Ledger, type Stack } from "@etalon/volume";
import type { Picture } from "../picture/picture.ts";
import type { SeriesObject } from "../picture/read-pictures.ts";

/** Pictures that are scrolled through together. */
export interface PictureStack {
  readonly id: string;
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly pictures: readonly Picture[];
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
    return stackOf(stack.id, pictures, stack);
  });
  const others = [...byId.values()].sort(byNumber);
  const unplaced =
    others.length === 0 ? [] : [stackOf(`${others[0]?.header.seriesInstanceUid}/unplaced`, others, undefined)];
  return { stacks: [...placed, ...unplaced].filter(({ pictures }) => pictures.length > 0), ledger };
}

function stackOf(id: string, pictures: readonly Picture[], stack: Stack | undefined): PictureStack {
  const header = pictures[0]?.header;
  return {
    id,
    seriesInstanceUid: header?.seriesInstanceUid ?? "",
    modality: header?.modality ?? "",
    // From the head down, as axial slices are read; the ledger counts them upwards.
    pictures: stack !== undefined && stack.normal[2] > 0.7 ? [...pictures].reverse() : pictures,
    stack,
  };
}

function byNumber(a: Picture, b: Picture): number {
  return (a.header.instanceNumber ?? 0) - (b.header.instanceNumber ?? 0) || a.frame.frameIndex - b.frame.frameIndex;
}
