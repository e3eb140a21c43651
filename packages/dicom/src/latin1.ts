/** Bytes as the characters U+0000 to U+00FF (ISO 646 and ISO 8859-1). */
export function decodeLatin1(bytes: Uint8Array): string {
  return decodeLatin1Range(bytes, 0, bytes.length);
}

/** Values longer than this are decoded in pieces of it. */
const pieceLength = 1024;

/**
 * The same for bytes `start` to `end`. Written out by eight: most values are short, and calls into the platform cost
 * more.
 */
export function decodeLatin1Range(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > pieceLength) return decodeLongRange(bytes, start, end);
  let text = "";
  let i = start;
  for (; i + 8 <= end; i += 8) {
    text += String.fromCharCode(
      bytes[i],
      bytes[i + 1],
      bytes[i + 2],
      bytes[i + 3],
      bytes[i + 4],
      bytes[i + 5],
      bytes[i + 6],
      bytes[i + 7],
    );
  }
  for (; i < end; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

function decodeLongRange(bytes: Uint8Array, start: number, end: number): string {
  const pieces: string[] = [];
  for (let at = start; at < end; at += pieceLength) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, Math.min(end, at + pieceLength))));
  }
  return pieces.join("");
}

/** Whether bytes `start` to `end` are all below 128, with no escape character among them. */
export function isPlainAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] > 127 || bytes[i] === 0x1b) return false;
  return true;
}
