import { bytesSource, readFileMeta, transcodeNative, transferSyntaxes } from "@etalon/dicom";
import type { OutgoingForm, OutgoingInstance, Peer } from "@etalon/dicom/network";
import type { StoredInstance } from "../archive/archive.ts";
import { archiveSource } from "../archive/archive-source.ts";
import type { DimseContext } from "./dimse-context.ts";

/** Explicit and Implicit VR Little Endian: the second is what every application entity takes (PS3.5 section 10.1). */
const nativeSyntaxes = ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2"] as const;

/**
 * An instance as it goes to a peer: the stored bytes after group 0002, or, for a peer that does not take their transfer
 * syntax, written anew in Explicit or Implicit VR Little Endian where its pixels can be decoded.
 */
export function outgoingInstance(
  context: Pick<DimseContext, "archive" | "scopeOf" | "codecs">,
  instance: StoredInstance,
  peer: Peer,
): OutgoingInstance {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSetOffset, sizeBytes } = instance;
  const range = { offset: dataSetOffset, length: sizeBytes - dataSetOffset };
  const row = transferSyntaxes[transferSyntaxUid];
  const isConvertible = row !== undefined && row.refusal === undefined;
  const others = nativeSyntaxes.filter((uid) => isConvertible && uid !== transferSyntaxUid);
  return {
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    open: () => context.archive.open(context.scopeOf(peer), instance, range),
    alternatives: others.map((uid) => nativeForm(context, { instance, peer }, uid)),
  };
}

function nativeForm(
  { archive, scopeOf, codecs }: Pick<DimseContext, "archive" | "scopeOf" | "codecs">,
  { instance, peer }: { readonly instance: StoredInstance; readonly peer: Peer },
  transferSyntaxUid: (typeof nativeSyntaxes)[number],
): OutgoingForm {
  return {
    transferSyntaxUid,
    open: async () => {
      const source = archiveSource(archive, { scope: scopeOf(peer), instance });
      const pieces = transcodeNative(source, codecs, { transferSyntaxUid });
      // The first piece holds group 0002 and comes once a frame was decoded: what cannot be fails before anything is sent.
      const first = await pieces.next();
      const start = first.done === true ? new Uint8Array(0) : first.value;
      const { dataSetOffset } = await readFileMeta(bytesSource(instance.sopInstanceUid, start));
      return withoutMeta(start.subarray(dataSetOffset), pieces);
    },
  };
}

async function* withoutMeta(
  start: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield start;
  yield* rest;
}
