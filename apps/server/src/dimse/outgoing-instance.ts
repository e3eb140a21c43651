import { bytesSource, readFileMeta, transcodeExplicit, transferSyntaxes } from "@etalon/dicom";
import type { OutgoingForm, OutgoingInstance, Peer } from "@etalon/dicom/network";
import type { StoredInstance } from "../archive/archive.ts";
import { archiveSource } from "../dicomweb/wado/archive-source.ts";
import type { DimseContext } from "./dimse-context.ts";

const explicitLittleEndian = "1.2.840.10008.1.2.1";

/**
 * An instance as it goes to a peer: the stored bytes after group 0002, or, for a peer that does not take their transfer
 * syntax, written anew in Explicit VR Little Endian where its pixels can be decoded.
 */
export function outgoingInstance(
  context: Pick<DimseContext, "archive" | "scopeOf" | "codecs">,
  instance: StoredInstance,
  peer: Peer,
): OutgoingInstance {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSetOffset, sizeBytes } = instance;
  const range = { offset: dataSetOffset, length: sizeBytes - dataSetOffset };
  const row = transferSyntaxes[transferSyntaxUid];
  const isConvertible = transferSyntaxUid !== explicitLittleEndian && row !== undefined && row.refusal === undefined;
  return {
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    open: () => context.archive.open(context.scopeOf(peer), instance, range),
    ...(isConvertible ? { alternatives: [explicitForm(context, instance, peer)] } : {}),
  };
}

function explicitForm(
  { archive, scopeOf, codecs }: Pick<DimseContext, "archive" | "scopeOf" | "codecs">,
  instance: StoredInstance,
  peer: Peer,
): OutgoingForm {
  return {
    transferSyntaxUid: explicitLittleEndian,
    open: async () => {
      const pieces = transcodeExplicit(archiveSource(archive, { scope: scopeOf(peer), instance }), codecs);
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
