import { attachSideFiles } from "./attach-side-files.ts";
import { buildStacks, type CandidateFrame } from "./build-stacks.ts";
import { compareText } from "./compare.ts";
import { decideVersions } from "./decide-versions.ts";
import type { Ledger, LedgerEntry, LedgerNote, Place, Stack, UnplacedReason } from "./ledger.ts";
import { isImage, isPlanar } from "./planar-frame.ts";
import type { ReceivedInstance, ReceivedOther, VersionChoices } from "./received.ts";

/**
 * Gives everything received a place in a stack, or the reason why it has none. Depends on what was received, never on its
 * order: entries are sorted by path, stacks by series UID and geometry.
 *
 * @param choices which data set to take where several share one SOP Instance UID; without a choice none is placed, and
 *   the stacks they would belong to list them in `undecided`
 * @throws {EtalonError} `unknown-choice` when a choice names a UID or hash that was not received, or several hashes
 */
export function buildLedger(received: readonly (ReceivedInstance | ReceivedOther)[], choices: VersionChoices): Ledger {
  // New objects, so that one given twice is two entries.
  const sorted = attachSideFiles(received).sort(compareReceived);
  const instances = sorted.filter((one) => "header" in one);
  const versions = decideVersions(instances, choices);
  const reasons = new Map<ReceivedInstance | ReceivedOther, UnplacedReason>(versions.reasons);
  const notes: LedgerNote[] = [...versions.notes];

  const candidates: CandidateFrame[] = [];
  for (const instance of versions.taken) {
    const planar = instance.header.frames.filter(isPlanar);
    const reason = whyUnplaced(instance, planar.length);
    if (reason !== undefined) {
      reasons.set(instance, reason);
      continue;
    }
    for (const header of planar) candidates.push({ instance, header });
    notes.push(...notesOfRepairs(instance));
    if (planar.length < instance.header.frames.length) notes.push(noteOfDroppedFrames(instance));
  }
  for (const instance of versions.awaiting) {
    const undecided = versions.undecided.get(instance.header.sopInstanceUid);
    if (undecided === undefined || !isImage(instance.header)) continue;
    for (const header of instance.header.frames.filter(isPlanar)) candidates.push({ instance, header, undecided });
  }

  const { stacks, notes: stackNotes } = buildStacks(candidates);
  const places = placesByInstance(stacks);
  return {
    entries: sorted.map((one) => entryOf(one, places, reasons.get(one))),
    stacks,
    notes: [...notes, ...stackNotes],
  };
}

function compareReceived(a: ReceivedInstance | ReceivedOther, b: ReceivedInstance | ReceivedOther): number {
  return (
    compareText(a.path, b.path) || compareText(a.fileSha256 ?? "", b.fileSha256 ?? "") || a.sizeBytes - b.sizeBytes
  );
}

function whyUnplaced({ header }: ReceivedInstance, planarFrames: number): UnplacedReason | undefined {
  const details = { modality: header.modality, sopClassUid: header.sopClassUid };
  if (!isImage(header)) return { code: "not-an-image", details };
  if (planarFrames === 0) return { code: "no-geometry", details };
  return undefined;
}

function notesOfRepairs({ header, repairs = [] }: ReceivedInstance): LedgerNote[] {
  const { seriesInstanceUid } = header;
  // A research file is one stack, which has the name of its series.
  return repairs.map(({ code, details }) => ({ code, seriesInstanceUid, stackId: seriesInstanceUid, details }));
}

function noteOfDroppedFrames({ path, header }: ReceivedInstance): LedgerNote {
  const frameIndexes = header.frames.filter((frame) => !isPlanar(frame)).map(({ frameIndex }) => frameIndex);
  return {
    code: "frames-without-geometry",
    seriesInstanceUid: header.seriesInstanceUid,
    details: { path, sopInstanceUid: header.sopInstanceUid, frameIndexes },
  };
}

/** Places of each instance; slice indexes in frame order. */
function placesByInstance(stacks: readonly Stack[]): ReadonlyMap<unknown, readonly Place[]> {
  const places = new Map<unknown, Place[]>();
  for (const stack of stacks) {
    const byInstance = new Map<unknown, { readonly frameIndex: number; readonly slice: number }[]>();
    let slice = 0;
    for (const frame of stack.frames) {
      // A slice's position is that of its lowest frame, so a frame's slice is the last position not above it.
      while (slice + 1 < stack.slicePositionsMm.length && frame.alongNormalMm >= stack.slicePositionsMm[slice + 1]) {
        slice++;
      }
      const here = { frameIndex: frame.header.frameIndex, slice };
      const known = byInstance.get(frame.instance);
      if (known === undefined) byInstance.set(frame.instance, [here]);
      else known.push(here);
    }
    for (const [instance, frames] of byInstance) {
      frames.sort((a, b) => a.frameIndex - b.frameIndex);
      const place = { stackId: stack.id, sliceIndexes: frames.map((frame) => frame.slice) };
      const known = places.get(instance);
      if (known === undefined) places.set(instance, [place]);
      else known.push(place);
    }
  }
  return places;
}

function entryOf(
  one: ReceivedInstance | ReceivedOther,
  places: ReadonlyMap<unknown, readonly Place[]>,
  reason: UnplacedReason | undefined,
): LedgerEntry {
  if (!("header" in one)) return { ...one, places: [] };
  const { path, sizeBytes, fileSha256, dataSetSha256, header } = one;
  return {
    path,
    sizeBytes,
    fileSha256,
    dataSetSha256,
    sopInstanceUid: header.sopInstanceUid,
    seriesInstanceUid: header.seriesInstanceUid,
    places: places.get(one) ?? [],
    ...(reason === undefined ? {} : { reason }),
  };
}
