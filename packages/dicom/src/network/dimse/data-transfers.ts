import { dataTransferHeader } from "../pdu/encode-pdu.ts";
import { pdvHeaderLength } from "../pdu/pdu.ts";
import { encodeCommandSet } from "./command-set.ts";
import type { OutgoingMessage } from "./message.ts";

/** Longest PDU that is sent to a peer that sets no limit. */
const longestPdu = 256 * 1024;

/** Longest fragment for a peer that takes PDUs of `maxPduLength`, 0 for any: even, as PS3.8 annex E.1 asks. */
export function fragmentLength(maxPduLength: number): number {
  const length = maxPduLength === 0 ? longestPdu : Math.min(longestPdu, maxPduLength);
  return (length - pdvHeaderLength) & ~1;
}

/** The P-DATA-TF PDUs of a message, each in pieces; the command goes out together with the first of the data set. */
export async function* dataTransfers(
  { contextId, command, data }: OutgoingMessage,
  longest: number,
): AsyncIterable<readonly Uint8Array[]> {
  const commandPieces: Uint8Array[] = [];
  const bytes = encodeCommandSet(command, data !== undefined);
  for (let at = 0; at < bytes.length; at += longest) {
    const fragment = bytes.subarray(at, at + longest);
    const isLast = at + longest >= bytes.length;
    commandPieces.push(dataTransferHeader({ contextId, isCommand: true, isLast, length: fragment.length }), fragment);
  }
  if (data === undefined) {
    yield commandPieces;
    return;
  }
  let isFirst = true;
  for await (const pieces of fragments(data, { contextId, longest })) {
    yield isFirst ? [...commandPieces, ...pieces] : pieces;
    isFirst = false;
  }
}

/** A full fragment is kept back until it is known whether it is the last. */
async function* fragments(
  data: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { contextId, longest }: { readonly contextId: number; readonly longest: number },
): AsyncIterable<readonly Uint8Array[]> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of data) {
    let rest = chunk;
    while (length + rest.length > longest) {
      const header = dataTransferHeader({ contextId, isCommand: false, isLast: false, length: longest });
      yield [header, ...pieces, rest.subarray(0, longest - length)];
      rest = rest.subarray(longest - length);
      pieces = [];
      length = 0;
    }
    if (rest.length > 0) pieces.push(rest);
    length += rest.length;
  }
  yield [dataTransferHeader({ contextId, isCommand: false, isLast: true, length }), ...pieces];
}
