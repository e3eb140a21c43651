/** Where the length of group 0002 stands: after preamble, prefix, and the header of its element (PS3.10 section 7.1). */
const groupLengthAt = 140;

/** A file as `smallInstance` and `writePart10` make them: what precedes the data set, and the data set as C-STORE sends it. */
export function splitPart10(file: Uint8Array): { readonly meta: Uint8Array; readonly dataSet: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = groupLengthAt + 4 + view.getUint32(groupLengthAt, true);
  return { meta: file.slice(0, end), dataSet: file.slice(end) };
}
